/** `import`: filled from files by `barometer import-articles`, and never polled. */
export type SourceKind = 'feed' | 'newsapi' | 'import';

export type PollStatus = 'never' | 'ok' | 'not-modified' | 'failed' | 'gone';

/** A host, without `www.`, that asked for fewer requests; it is not polled before `until`, in milliseconds since 1970, UTC. */
export interface SparedHost {
  readonly host: string;
  readonly until: number;
}

/** A period in which a source could not be read; without `to` it is still going on. */
export interface Outage {
  /** The last success before it, or if there was none, when the source was added. */
  readonly from: number;
  readonly to?: number;
}

/** The results of polling a source. Times are milliseconds since 1970, UTC. */
export interface SourceHealth {
  readonly status: PollStatus;
  /** When it may be polled next. */
  readonly nextPollAt: number;
  readonly lastPolledAt?: number;
  readonly lastSuccessAt?: number;
  /** The HTTP status of the last poll, if there was a response. */
  readonly httpStatus?: number;
  /** Why the last poll failed, as text for a reader. */
  readonly message?: string;
  /** Failures in a row; 0 after a success. */
  readonly failures: number;
  readonly polls: number;
  /** Articles that this source was the first to list. */
  readonly articles: number;
  /** Bytes not transferred because the source answered 304. */
  readonly bytesSaved: number;
  /** Bytes of the last full body, which a 304 saves. */
  readonly lastBytes: number;
  readonly etag?: string;
  readonly lastModified?: string;
  /** The TTL in the feed's last full body, in milliseconds; a 304 does not repeat it. */
  readonly ttlMs?: number;
  /** Set by a response that asks for fewer requests (429, 503, Retry-After); no source of the host is polled before that time. */
  readonly sparedHost?: SparedHost;
  /** Notices for a reader about the last document, which was read; a sentence each. */
  readonly notices?: readonly string[];
  /** The date of the oldest article that the first poll took, if it left out others; older ones are never taken. */
  readonly takenSince?: number;
  /** The latest outages, the oldest first. */
  readonly outages?: readonly Outage[];
}

/** A source of articles, such as a feed. */
export interface Source {
  /** Short and stable: a slug of the name, made unique when the source is added. */
  readonly id: string;
  readonly kind: SourceKind;
  /** The feed's address; for `newsapi`, `newsapi:` and the query of a top-headlines or everything request; for `import`, `import:` and its name. */
  readonly url: string;
  readonly name: string;
  /** The publisher's page that links to this feed. */
  readonly homepage?: string;
  /** ISO 639-1; overrides what the feed declares. */
  readonly language?: string;
  /** Names of its groups (see `groupName`); absent if it is in none. */
  readonly groups?: readonly string[];
  /** Minimum time between two polls, in minutes. */
  readonly intervalMinutes: number;
  /** The User-Agent sent to its host, if it differs from the setting for all sources. */
  readonly userAgent?: string;
  /** A paused source is kept but not polled. */
  readonly paused: boolean;
  readonly addedAt: number;
  readonly health: SourceHealth;
}
