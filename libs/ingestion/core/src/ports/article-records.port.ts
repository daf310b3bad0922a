import type { TopicVersion } from '@barometer/kernel';
import type { NewArticle, StoredArticle } from '../domain/stored-article';

/** How to create or change articles, given what a store has. */
export interface Storing {
  /** Creates an article that is not stored; `isThere` tells whether a version of a topic still exists. If absent, missing articles are skipped. */
  begin?(id: string, isThere: (topic: TopicVersion) => boolean): NewArticle;
  /** Changes a stored article; returns the same object for no change. */
  again<A extends StoredArticle>(known: A): A;
}

/** An article that was newly stored (without `before`) or changed. */
export interface StoredChange {
  readonly before?: StoredArticle | undefined;
  readonly after: StoredArticle;
}

/**
 * Changes these articles of a store, each in one transaction with its keys, memberships, words, roll-ups, story totals and
 * the watermark. A store may put several into one transaction, and may call `storing` again if another writer was faster.
 * A key that another article has, as its id or as a further key, stays with that article. Returns the articles that were
 * stored or changed. The contract suite of `ArticleStore` is its contract.
 * @param ids each once
 */
export type ChangeArticles = (ids: readonly string[], storing: Storing) => Promise<readonly StoredChange[]>;
