/** When the kept answer was received that stands in for one from the server; ISO 8601. */
export const KEPT_AT = 'x-barometer-kept-at';
/** The answers that are shown without a connection; others are about this moment, or change something. */
const KEPT = /^\/api\/v1\/(?:mood|timeline|stories|drivers|breakdown|marks|topics|sources|articles)$/;
const SESSION = /^\/api\/v1\/session(?:\/|$)/;
/** A GET that asks who is signed in changes nothing; a GET that returns from a provider does. */
const changesSession = ({ method }: Request, path: string): boolean => SESSION.test(path) && (method !== 'GET' || path !== '/api/v1/session');
/** The newest addresses are kept, up to this number; a page uses about ten. */
const MOST = 60;
/** As long as a session's cookie lasts: a reader who could no longer sign in must not see old answers. */
const LONGEST_MS = 30 * 24 * 3_600_000;

interface KeptAnswersOptions {
  readonly caches: Pick<CacheStorage, 'open' | 'delete'>;
  readonly fetch: (request: Request) => Promise<Response>;
  readonly now: () => number;
  /** The path that the page is served below, without a trailing slash. */
  readonly base: string;
}

/**
 * The latest answers of the API to what the page shows, for when nothing answers. They belong to the reader who is
 * signed in: a sign-in, a sign-out and an answer that asks for a key delete all of them.
 */
export class KeptAnswers {
  /** Grows whenever everything is deleted, so that an answer still on its way then is not kept for the next reader. */
  private era = 0;
  private readonly name: string;

  constructor(private readonly options: KeptAnswersOptions) {
    this.name = `barometer-answers ${options.base}/`;
  }

  /** Whether this class answers a request; others go to the network as usual. */
  takes(request: Request): boolean {
    const path = this.pathOf(request);
    return SESSION.test(path) || (request.method === 'GET' && path.startsWith('/api/v1/') && path !== '/api/v1/live');
  }

  /** The network's answer, or the kept one with its time in `x-barometer-kept-at`. @throws if there is neither */
  async answer(request: Request): Promise<Response> {
    if (changesSession(request, this.pathOf(request))) await this.forget();
    const { era } = this;
    const isKept = KEPT.test(this.pathOf(request));
    let answer: Response;
    try {
      answer = await this.options.fetch(isKept ? await this.whole(request) : request);
    } catch (error) {
      const kept = isKept ? await this.find(request.url) : undefined;
      if (kept) return kept;
      throw error;
    }
    if (answer.status === 401) await this.forget();
    else if (isKept && era === this.era) await this.keep(request.url, answer.clone(), era);
    return answer;
  }

  /**
   * Asks for the full answer where the page has it (it sends its ETag) and this cache does not: the page was open
   * before answers were kept.
   */
  private async whole(request: Request): Promise<Request> {
    if (!request.headers.has('if-none-match') || (await this.find(request.url))) return request;
    const headers = new Headers(request.headers);
    headers.delete('if-none-match');
    return new Request(request, { headers });
  }

  async forget(): Promise<void> {
    this.era += 1;
    await this.options.caches.delete(this.name);
  }

  private async keep(url: string, answer: Response, era: number): Promise<void> {
    const cache = await this.options.caches.open(this.name);
    // An unchanged answer counts as seen now.
    const known = answer.status === 304 ? await cache.match(url) : undefined;
    const fresh = known && known.headers.get('etag') === answer.headers.get('etag') ? known : answer;
    if (fresh.status !== 200) return;
    const body = await fresh.blob();
    const headers = new Headers({ [KEPT_AT]: new Date(this.options.now()).toISOString() });
    for (const name of ['content-type', 'etag']) if (fresh.headers.has(name)) headers.set(name, fresh.headers.get(name) ?? '');
    if (era !== this.era) return;
    await cache.delete(url);
    await cache.put(url, new Response(body, { headers }));
    // A cache lists its entries in the order in which they were added.
    const addresses = await cache.keys();
    await Promise.all(addresses.slice(0, Math.max(0, addresses.length - MOST)).map((old) => cache.delete(old)));
    if (era !== this.era) await this.options.caches.delete(this.name);
  }

  private async find(url: string): Promise<Response | undefined> {
    const cache = await this.options.caches.open(this.name);
    const kept = await cache.match(url);
    if (!kept) return undefined;
    const age = this.options.now() - Date.parse(kept.headers.get(KEPT_AT) ?? '');
    return age >= 0 && age <= LONGEST_MS ? kept : undefined;
  }

  private pathOf({ url }: Request): string {
    const { pathname } = new URL(url);
    return pathname.startsWith(`${this.options.base}/`) ? pathname.slice(this.options.base.length) : '';
  }
}
