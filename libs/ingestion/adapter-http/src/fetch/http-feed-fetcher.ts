import type { FeedFetcher, FetchedFeed, FetchError, FetchRequest } from '@barometer/ingestion';
import { type AddressPolicy, isPublicAddress, type ResolveName } from '@barometer/guarded-http';
import { type Clock, err, ok, type Result, SECOND } from '@barometer/kernel';
import type { Dispatcher } from 'undici';
import { readBody } from './decode-body';
import { fail, FetchFailure, toFetchError } from './fetch-failure';
import { freshnessOf, validatorsOf } from './freshness';
import { land, type Landing } from './http-hop';
import type { BodyLimits } from './newest-part';
import { NEWSAPI_BASE, NEWSAPI_DAILY_REQUESTS, NEWSAPI_SCHEME, NewsApiQuota, newsApiUrl } from './newsapi';
import { pinnedDispatcher } from './pinned-dispatcher';
import { refusal } from './refusal';

export interface HttpFeedFetcherOptions {
  /** Lets sources use loopback and private addresses; for tests and closed networks. */
  readonly allowPrivate: boolean;
  readonly clock: Clock;
  /** Returns the NewsAPI.org key, called at every request; `undefined` if there is none. */
  readonly newsApiKey?: (() => Promise<string | undefined>) | undefined;
  readonly newsApiBase?: string;
  /** How many NewsAPI requests may be sent in 24 hours; 100 by default. */
  readonly newsApiDailyRequests?: number;
  /** The User-Agent of requests that have none of their own. */
  readonly userAgent?: string | undefined;
  /** Replaces the system's resolver. */
  readonly lookup?: ResolveName;
  /** Decides on addresses instead of `allowPrivate`. */
  readonly mayConnect?: AddressPolicy;
  /** Time limits: 10 s to connect and 20 s in all by default. */
  readonly connectMs?: number;
  readonly totalMs?: number;
  /** Maximum bytes of a body that are used, both compressed and decompressed; 10 MiB by default. */
  readonly mostBytes?: number;
}

const MOST_REDIRECTS = 5;
/** If a feed's newest items are at its end, this many times as much is read as is used. */
const READ_TO_THE_END = 5;
const ACCEPT =
  'application/rss+xml, application/atom+xml, application/rdf+xml, application/feed+json, application/xml;q=0.9, text/xml;q=0.9, application/json;q=0.8, */*;q=0.5';
const USER_AGENT = 'Barometer/0.1 (mood of the news; polls feeds politely)';

const DEFAULTS = {
  newsApiBase: NEWSAPI_BASE,
  newsApiDailyRequests: NEWSAPI_DAILY_REQUESTS,
  userAgent: USER_AGENT,
  connectMs: 10 * SECOND,
  totalMs: 20 * SECOND,
  mostBytes: 10 * 2 ** 20,
};

/**
 * Fetches feeds over HTTP as docs/fetching.md describes: conditional requests, bounded time, size and redirects, and no
 * access to private addresses. Also accepts `newsapi:` addresses (see `newsApiUrl`).
 *
 * @example
 * const fetcher = new HttpFeedFetcher({ allowPrivate: false, clock: systemClock });
 * const fetched = await fetcher.fetch({ url: 'https://example.org/feed.xml' });
 */
export class HttpFeedFetcher implements FeedFetcher {
  private readonly options: HttpFeedFetcherOptions & typeof DEFAULTS;
  private readonly mayConnect: AddressPolicy;
  private readonly dispatcher: Dispatcher;
  private readonly quota: NewsApiQuota;
  private readonly bodyLimits: BodyLimits;

  constructor(options: HttpFeedFetcherOptions) {
    this.options = { ...DEFAULTS, ...options, userAgent: options.userAgent ?? DEFAULTS.userAgent };
    this.mayConnect = options.mayConnect ?? (options.allowPrivate ? () => true : isPublicAddress);
    this.dispatcher = pinnedDispatcher(this.mayConnect, this.options.connectMs, options.lookup);
    this.bodyLimits = { taken: this.options.mostBytes, read: this.options.mostBytes * READ_TO_THE_END };
    this.quota = new NewsApiQuota(options.clock, this.options.newsApiDailyRequests);
  }

  async fetch(request: FetchRequest): Promise<Result<FetchedFeed, FetchError>> {
    try {
      return ok(await (request.url.startsWith(NEWSAPI_SCHEME) ? this.fetchNewsApi(request) : this.fetchFeed(request)));
    } catch (error) {
      return err(toFetchError(error, URL.parse(request.url)?.host || 'the server'));
    }
  }

  /** Closes idle connections. */
  async close(): Promise<void> {
    await this.dispatcher.destroy();
  }

  private async fetchFeed({ url, etag, lastModified, userAgent, withinMs }: FetchRequest): Promise<FetchedFeed> {
    const landing = await this.land(
      url,
      {
        ...this.named(userAgent),
        ...(etag !== undefined && { 'if-none-match': etag }),
        ...(lastModified !== undefined && { 'if-modified-since': lastModified }),
      },
      { withinMs },
    );
    return this.received(landing);
  }

  private async fetchNewsApi({ url: address, userAgent }: FetchRequest): Promise<FetchedFeed> {
    const url = newsApiUrl(address, this.options.newsApiBase);
    const key = await this.options.newsApiKey?.();
    if (key === undefined || key === '') {
      throw fail('missing-key', 'NewsAPI sources need a key, and none is set.');
    }
    this.quota.spend();
    // No redirect is followed, since the key must not be sent elsewhere.
    const landing = await this.land(url, { ...this.named(userAgent), 'x-api-key': key }, { mostRedirects: 0 });
    if (landing.response.status === 429) {
      landing.body.cancel();
      this.quota.close(freshnessOf(landing.response.headers, this.options.clock.now()).retryAfterMs);
    }
    if (landing.response.status === 401) {
      landing.body.cancel();
      throw fail('missing-key', 'NewsAPI refused the key.', { httpStatus: 401 });
    }
    return this.received(landing);
  }

  private named(userAgent: string = this.options.userAgent): { readonly 'user-agent': string } {
    return { 'user-agent': userAgent };
  }

  private land(
    url: string,
    headers: Readonly<Record<string, string>>,
    { mostRedirects = MOST_REDIRECTS, withinMs = Infinity }: { mostRedirects?: number; withinMs?: number | undefined } = {},
  ): Promise<Landing> {
    return land(url, {
      dispatcher: this.dispatcher,
      mayConnect: this.mayConnect,
      headers: { accept: ACCEPT, 'accept-encoding': 'gzip, deflate, br', ...headers },
      signal: AbortSignal.timeout(Math.min(this.options.totalMs, withinMs)),
      mostRedirects,
      bodyLimits: this.bodyLimits,
    });
  }

  private async received(landing: Landing): Promise<FetchedFeed> {
    const { response, body, url, moved } = landing;
    const freshness = freshnessOf(response.headers, this.options.clock.now());
    const known = { ...freshness, ...validatorsOf(response.headers) };
    if (response.status === 304) {
      body.cancel();
      return { kind: 'not-modified', ...known };
    }
    if (!response.ok) throw await refusal(landing, freshness);
    const contentType = response.headers.get('content-type');
    const { bytes, part } = await readBody(body, response.headers, this.bodyLimits).catch((error: unknown) => {
      throw new FetchFailure(toFetchError(error, new URL(url).host, 'document'), error);
    });
    return {
      kind: 'document',
      body: bytes,
      ...(part !== undefined && { part }),
      ...(contentType !== null && { contentType }),
      ...known,
      url,
      ...(moved && { movedTo: url }),
      httpStatus: response.status,
    };
  }
}
