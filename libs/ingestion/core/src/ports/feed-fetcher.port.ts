import type { Result } from '@barometer/kernel';

/** What to fetch, with the validators of the last full answer. */
export interface FetchRequest {
  readonly url: string;
  readonly etag?: string;
  readonly lastModified?: string;
  /** What to call oneself, for hosts that let in only whom they know; default: the fetcher's own. */
  readonly userAgent?: string;
  /** Ends the fetch after this many milliseconds, where that is sooner than the fetcher's own limit. */
  readonly withinMs?: number;
}

/** Hints of the server on when to come back, in milliseconds from now. */
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
      /** The body is only this part of a document that is larger, the end behind what stands before all items. */
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
  | 'invalid-url' | 'forbidden-address' | 'dns' | 'connect' | 'tls' | 'timeout' | 'too-many-redirects'
  | 'bad-encoding' | 'bad-redirect' | 'invalid-http' | 'http-status' | 'gone' | 'quota' | 'missing-key' | 'network';

/** An expected failure of a fetch; `message` is one sentence for a reader and holds no secret. */
export interface FetchError extends Freshness {
  readonly code: FetchErrorCode;
  readonly message: string;
  readonly httpStatus?: number;
  /** The name of the host that answered so, which after a redirect is another than that of the address. */
  readonly host?: string;
}

/** Gets a document over HTTP, politely and safely; see docs/fetching.md. */
export interface FeedFetcher {
  fetch(request: FetchRequest): Promise<Result<FetchedFeed, FetchError>>;
}
