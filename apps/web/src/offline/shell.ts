/** How long to wait for the network before the kept document is used, for example on a train. */
const PATIENCE_MS = 4_000;
/** What a proxy answers if Barometer behind it is stopped. */
const GONE = new Set([502, 503, 504]);

interface ShellOptions {
  readonly caches: Pick<CacheStorage, 'open' | 'delete' | 'keys'>;
  readonly fetch: (request: Request | string, init?: RequestInit) => Promise<Response>;
  /** The page's address, with a trailing slash. */
  readonly scope: string;
  /** The version of the build: another one means another shell. */
  readonly version: string;
  /** The files of the build, relative to the page's address. */
  readonly files: readonly string[];
}

/** The document and its files, kept by build, so that the page opens without a connection. */
export class Shell {
  private readonly prefix: string;
  private readonly addresses: ReadonlySet<string>;

  constructor(private readonly options: ShellOptions) {
    this.prefix = `barometer-shell ${new URL(options.scope).pathname} `;
    this.addresses = new Set(options.files.map((file) => new URL(file, options.scope).href));
  }

  private get name(): string {
    return this.prefix + this.options.version;
  }

  /** Fetches the whole shell. @throws if a file is missing; the previous shell stays */
  async install(): Promise<void> {
    const cache = await this.options.caches.open(this.name);
    const all = [this.options.scope, ...this.addresses];
    const answers = await Promise.all(all.map((address) => this.options.fetch(address, { cache: 'no-cache', credentials: 'same-origin' })));
    const broken = answers.find(({ ok, redirected }) => !ok || redirected);
    if (broken) throw new Error(`The shell is not complete: ${broken.url} answered ${broken.status}`);
    await Promise.all(answers.map((answer, index) => cache.put(all[index] ?? '', answer)));
  }

  /** Deletes the shells of other builds, only of this page: another Barometer may have the same origin. */
  async activate(): Promise<void> {
    const names = await this.options.caches.keys();
    await Promise.all(names.filter((name) => name.startsWith(this.prefix) && name !== this.name).map((name) => this.options.caches.delete(name)));
  }

  takes(request: Request): boolean {
    return request.method === 'GET' && (this.isPage(request) || this.addresses.has(withoutQuery(request.url)));
  }

  /**
   * Answers files from the shell. The document comes from the network, so that a new build is seen at the next load,
   * and from the shell if the network does not answer.
   */
  async answer(request: Request): Promise<Response> {
    return this.isPage(request) ? this.page(request) : ((await this.kept(withoutQuery(request.url))) ?? this.options.fetch(request));
  }

  private async page(request: Request): Promise<Response> {
    const network = this.options.fetch(request);
    network.catch(() => {});
    let timer: ReturnType<typeof setTimeout> | undefined;
    const patience = new Promise<undefined>((resolve) => (timer = setTimeout(() => resolve(undefined), PATIENCE_MS)));
    const answer = await Promise.race([network.catch(() => undefined), patience]).finally(() => clearTimeout(timer));
    if (answer && !GONE.has(answer.status)) return answer;
    return (await this.kept(this.options.scope)) ?? network;
  }

  private async kept(address: string): Promise<Response | undefined> {
    return (await this.options.caches.open(this.name)).match(address);
  }

  /** Whether this is the page's own address: deeper paths belong to the API, to feeds, or to nothing. */
  private isPage({ mode, url }: Request): boolean {
    return mode === 'navigate' && [this.options.scope, `${this.options.scope}index.html`].includes(withoutQuery(url));
  }
}

const withoutQuery = (address: string): string => {
  const url = new URL(address);
  return url.origin + url.pathname;
};
