export type SourceKind = 'feed' | 'newsapi';

export type PollStatus = 'never' | 'ok' | 'not-modified' | 'failed' | 'gone';

/** A host that asked to be left alone, without `www.`, and until when, in milliseconds since 1970, UTC. */
export interface SparedHost {
  readonly host: string;
  readonly until: number;
}

/** What polling has learned of a source. Times are milliseconds since 1970, UTC. */
export interface SourceHealth {
  readonly status: PollStatus;
  /** When it may be polled next. */
  readonly nextPollAt: number;
  readonly lastPolledAt?: number;
  readonly lastSuccessAt?: number;
  /** The last HTTP status, where there was an answer. */
  readonly httpStatus?: number;
  /** Why the last poll failed, in words for a reader. */
  readonly message?: string;
  /** Failures in a row; 0 after a success. */
  readonly failures: number;
  readonly polls: number;
  /** Articles that this source was the first to list. */
  readonly articles: number;
  /** Bytes that were not sent again because the source answered 304. */
  readonly bytesSaved: number;
  /** Bytes of the last full body, what a 304 saves. */
  readonly lastBytes: number;
  readonly etag?: string;
  readonly lastModified?: string;
  /** How long the feed asked to be left alone in its last full body, in milliseconds; a 304 does not repeat it. */
  readonly ttlMs?: number;
  /** Set by an answer that asks for fewer requests (429, 503, Retry-After); no source of the host is polled before. */
  readonly sparedHost?: SparedHost;
  /** What a reader should know though the last document was read, a sentence each. */
  readonly notices?: readonly string[];
  /** The date of the oldest article that the first poll took; what the feed listed before is left out for good. */
  readonly takenSince?: number;
}

/** A place that lists articles. */
export interface Source {
  /** Short and stable: a slug made from the name, made unique when it is added. */
  readonly id: string;
  readonly kind: SourceKind;
  /** The feed's address; for `newsapi`, `newsapi:` and the query of a top-headlines or everything request. */
  readonly url: string;
  readonly name: string;
  /** The publisher's page that names this feed. */
  readonly homepage?: string;
  /** ISO 639-1; overrides what the feed says. */
  readonly language?: string;
  /** A free word that groups sources, such as "business". */
  readonly field?: string;
  /** Least time between two polls, in minutes. */
  readonly intervalMinutes: number;
  /** What its host is told of who asks, where that is another than for all sources. */
  readonly userAgent?: string;
  /** A paused source is kept but not polled. */
  readonly paused: boolean;
  readonly addedAt: number;
  readonly health: SourceHealth;
}
