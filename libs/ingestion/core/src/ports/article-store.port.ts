import type { Article } from '../domain/article';
import type { KnownArticles } from '../domain/item-identity';

/** What became of a batch of articles. */
export interface AddReport {
  /** Ids stored now as pending: each waits for a score. */
  readonly pending: readonly string[];
  /** How many were stored now as skipped. */
  readonly skipped: number;
  /** Known ones that a further source lists from now on; where scored, that source's roll-ups took them in. */
  readonly linked: number;
  /**
   * Known ones whose title, summary or link differs from what is stored; counted on the article. A link is stored, a text
   * is not. A version that a source goes on listing counts once.
   */
  readonly changed: number;
  /** Known ones with nothing new. */
  readonly known: number;
}

/** Keeps articles. */
export interface ArticleStore {
  /** The stored articles that have one of these ids or keys, by what was asked for; expired ones while they are still there. */
  find(keys: readonly string[]): Promise<KnownArticles>;
  /** What `keepListing` kept last for a source; empty where nothing was. */
  listing(sourceId: string): Promise<ReadonlySet<string>>;
  /**
   * Keeps what a source listed at its last poll, a short print an item, in the place of what was kept before. It may be
   * lost: then all of the next document is compared with the store. At most 20,000 are kept, the first ones.
   */
  keepListing(sourceId: string, prints: readonly string[], now: number): Promise<void>;
  /**
   * Stores what is new, keeps what is known: the first version of an id stays, while
   * keys that are new are added (a key that another article has stays that one's) and a link that moved follows. Each article is stored whole or not at
   * all; a pending one is in the pending index by the same write. Memberships of a topic version that is gone meanwhile
   * are left out.
   */
  addAll(articles: readonly Article[], now: number): Promise<AddReport>;
  /**
   * First-seen times of undated items of a source, in milliseconds: `now` for those not seen before. A time is kept
   * while the feed keeps listing its item, and for the retention after that.
   */
  firstSeen(sourceId: string, ids: readonly string[], now: number): Promise<ReadonlyMap<string, number>>;
  /** Notes that the hour of `now` was observed by a successful poll of this source. */
  markObserved(sourceId: string, now: number): Promise<void>;
  /** Removes what has expired at `now`, in chunks; how many articles went. */
  removeExpired(now: number): Promise<number>;
}
