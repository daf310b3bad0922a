import type { Retention } from '@barometer/kernel';
import type { Article } from '../domain/article';
import type { KnownArticles } from '../domain/item-identity';

/** The outcome of storing a batch of articles. */
export interface AddReport {
  /** Ids that were stored as pending: each waits for a score. */
  readonly pending: readonly string[];
  /** Number of articles that were stored as skipped. */
  readonly skipped: number;
  /** Known articles that another source now lists too; for scored ones, that source's roll-ups were updated. */
  readonly linked: number;
  /**
   * Known articles whose title, summary or link differs from the stored one; also counted on the article. A new link is
   * stored, a new text is not. A version counts once for as long as a source lists it.
   */
  readonly changed: number;
  /** Known articles without changes. */
  readonly known: number;
}

/** Keeps articles. */
export interface ArticleStore {
  /** How long articles and their counts are kept, in milliseconds. */
  readonly retention: Retention;
  /** The stored articles with one of these ids or keys, by the requested key; expired ones as long as they are stored. */
  find(keys: readonly string[]): Promise<KnownArticles>;
  /** What `keepListing` last stored for a source; empty if nothing. */
  listing(sourceId: string): Promise<ReadonlySet<string>>;
  /**
   * Replaces the listing of a source: what it listed at its last poll, as a short print for each item. It may be lost:
   * then all of the next document is compared with the store. At most the first 20,000 are kept.
   */
  keepListing(sourceId: string, prints: readonly string[], now: number): Promise<void>;
  /**
   * Stores new articles and keeps known ones: the first version of an id stays, while new keys are added (a key that
   * another article has stays with that one) and a changed link is stored. Each article is stored whole or not at all; a
   * pending one enters the pending index with the same write. Memberships of a topic version that is gone meanwhile are
   * left out.
   */
  addAll(articles: readonly Article[], now: number): Promise<AddReport>;
  /**
   * First-seen times of undated items of a source, in milliseconds: `now` for those not seen before. A time is kept
   * while the feed keeps listing its item, and for the retention after that.
   */
  firstSeen(sourceId: string, ids: readonly string[], now: number): Promise<ReadonlyMap<string, number>>;
  /** Records that the hour of `now` was observed by a successful poll of this source. */
  markObserved(sourceId: string, now: number): Promise<void>;
  /** Records the hours (whole hours since 1970) that articles are imported into, by source; they are not observed hours. */
  markImported(hours: ReadonlyMap<string, readonly number[]>): Promise<void>;
  /** Records hours that another store has observed, by source; '' stands for any source, and is recorded with every other one. */
  copyObserved(hours: ReadonlyMap<string, readonly number[]>): Promise<void>;
  /**
   * The first hour into which articles may be imported at `now`: earlier hours have expired, or their counts outlive
   * their articles, so that an article that was counted before would not be recognised.
   */
  importableFrom(now: number): Promise<number>;
  /** Removes what has expired at `now`, in chunks; answers how many articles were removed. */
  removeExpired(now: number): Promise<number>;
}
