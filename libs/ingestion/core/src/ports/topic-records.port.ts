import type { StoredTopic } from '../domain/stored-topic';
import type { Storing } from './article-records.port';
import type { BackfillCandidate } from './topic-catalog.port';

/** An article that a back-fill processes. */
export interface BackfillRow extends BackfillCandidate {
  /** Numbers grow in the order of storing. */
  readonly number: number;
  readonly publishedAt: number;
}

/** Articles to change together with a topic, and how. */
export interface ArticlesOfTopic extends Pick<Storing, 'again'> {
  /** Each once; missing articles are skipped. */
  readonly ids: readonly string[];
}

/**
 * The topics of a store and the data derived from them. It has no rules of back-fills: `StoredTopics` reads topics and
 * articles from it and decides how they change. The contract suite of `TopicCatalog` is its contract.
 */
export interface TopicRecords {
  /** All of them, in any order. */
  topics(): Promise<readonly StoredTopic[]>;
  /** The highest number of an article; 0 if none was ever stored. */
  lastNumber(): Promise<number>;
  /** The first `limit` articles with a number up to `upTo`, newest first, not older than `since`, after those up to `before`. */
  newestFirst(
    position: { readonly upTo: number; readonly before?: readonly [publishedAt: number, id: string] },
    since: number,
    limit: number,
  ): Promise<readonly BackfillRow[]>;
  /** The first `limit` articles with a number above `after`, by number, of those not older than `since`. */
  arrivals(after: number, since: number, limit: number): Promise<readonly BackfillRow[]>;
  /**
   * Changes an existing topic. Before that it changes these articles, each with its roll-ups in one transaction, but only as
   * long as `become` would still change the topic. Versions that the topic no longer has are removed with their memberships
   * and roll-ups.
   * @param become returns the changed topic, or the same object for no change
   */
  change(topicId: string, become: <T extends StoredTopic>(topic: T) => T, articles?: ArticlesOfTopic): Promise<void>;
}
