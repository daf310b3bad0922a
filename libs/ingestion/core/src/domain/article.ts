import type { TopicVersion } from '@barometer/kernel';

/** Why an article is kept but not scored. */
export type SkipReason = 'language' | 'too-short' | 'undated';

/** An article as ingestion stores it. Times are milliseconds since 1970, UTC. */
export interface Article {
  /** 26 characters; for a new article the key of its page, else of its guid, else of its title and day (item-identity.ts). */
  readonly id: string;
  /** Canonical URL, or the empty string when the item has no link. */
  readonly url: string;
  /** Further keys that identify it besides its id: of its page, its guids and its title. */
  readonly keys: readonly string[];
  /** Its source now lists it under another link, which should replace the stored one. */
  readonly isMoved?: boolean;
  readonly title: string;
  readonly summary: string;
  /** The source that listed it first, then every other one that lists the same identity. */
  readonly sourceIds: readonly string[];
  readonly publisher?: string;
  /** ISO 639-1 code, declared by the feed or detected. */
  readonly language?: string;
  readonly topics: readonly TopicVersion[];
  /** The feed's date, or the first-seen time if there is no valid date (then `dated` is false). Its hour is the article's bucket. */
  readonly publishedAt: number;
  readonly dated: boolean;
  readonly fetchedAt: number;
  readonly status: { readonly state: 'pending' } | { readonly state: 'skipped'; readonly reason: SkipReason };
}
