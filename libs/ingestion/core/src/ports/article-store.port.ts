import type { Article } from '../domain/article';

/** What became of a batch of articles. */
export interface AddReport {
  /** Ids stored now as pending: each waits for a score. */
  readonly pending: readonly string[];
  /** How many were stored now as skipped. */
  readonly skipped: number;
  /** Known ones that a further source lists from now on; where scored, that source's roll-ups took them in. */
  readonly linked: number;
  /**
   * Known ones whose title or summary differs from what is stored; counted on the article, not stored. A version that a
   * source goes on listing counts once.
   */
  readonly changed: number;
  /** Known ones with nothing new. */
  readonly known: number;
}

/** Keeps articles. */
export interface ArticleStore {
  /**
   * Stores what is new, keeps what is known: the first version of an id stays. Each article is stored whole or not at
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
