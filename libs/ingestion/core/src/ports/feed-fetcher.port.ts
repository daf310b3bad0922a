import type { Result } from '@barometer/kernel';

/** The document to fetch, with the validators of the last full answer. */
export interface FetchRequest {
  readonly url: string;
  readonly etag?: string;
  readonly lastModified?: string;
  /** The User-Agent, for hosts that admit only known ones; default: the fetcher's own. */
  readonly userAgent?: string;
  /** Time limit in milliseconds, if shorter than the fetcher's own. */
  readonly withinMs?: number;
}

/** The server's hints on when to come back, in milliseconds from now. */
export interface Freshness {
  readonly maxAgeMs?: number;
  readonly retryAfterMs?: number;
}

export type FetchedFeed =
  | (Freshness & { readonly kind: 'not-modified'; readonly etag?: string; readonly lastModified?: string })
  | (Freshness & {
      readonly kind: 'document';
      /** The decompressed body, at most 10 MiB. */
      readonly body: Uint8Array;
      /** Which part of a larger document the body is; an end part is preceded by what comes before the items. */
      readonly part?: 'beginning' | 'end';
      readonly contentType?: string;
      readonly etag?: string;
      readonly lastModified?: string;
      /** The address that answered, base of relative links. */
      readonly url: string;
      /** The address to store from now on, when every redirect up to it was permanent (301, 308). */
      readonly movedTo?: string;
      readonly httpStatus: number;
    });

export type FetchErrorCode =
  | 'invalid-url'
  | 'forbidden-address'
  | 'dns'
  | 'connect'
  | 'tls'
  | 'timeout'
  | 'too-many-redirects'
  | 'bad-encoding'
  | 'bad-redirect'
  | 'invalid-http'
  | 'http-status'
  | 'gone'
  | 'quota'
  | 'missing-key'
  | 'network';

/** An expected failure of a fetch; `message` is one sentence for a reader and holds no secret. */
export interface FetchError extends Freshness {
  readonly code: FetchErrorCode;
  readonly message: string;
  readonly httpStatus?: number;
  /** The name of the host that gave this answer; after a redirect it may differ from that of the address. */
  readonly host?: string;
}

/** Gets a document over HTTP, politely and safely; see docs/fetching.md. */
export interface FeedFetcher {
  fetch(request: FetchRequest): Promise<Result<FetchedFeed, FetchError>>;
}
