import type { LeaseOptions, LifeArticle, Memberships } from '../domain/article-life';
import type { Retention } from '@barometer/kernel';
import type { ScoredPosition } from '../domain/scored-position';
import type { ScoreStore } from './score-store.port';

/** Computes the next state of an article: the same object for no change, `undefined` for an absent article. */
export type Transition = <A extends LifeArticle>(article: A | undefined) => A | undefined;

/** An article after a change. */
export interface ChangedArticle {
  readonly article: LifeArticle;
  /** Known at least if its sentiment has changed. */
  readonly memberships?: Memberships | undefined;
}

/** Finds the story of an article that is being scored. */
export interface StoryFinder {
  /** The story that it joins, as the id of its first article; `undefined` if it begins one. Later articles may join it. */
  join(article: Pick<LifeArticle, 'id' | 'title' | 'publishedAt'>): string | undefined;
  /** Makes the stories of these articles findable for others, once they are scored; absent if `join` has done so. */
  note?(articles: readonly LifeArticle[]): Promise<void>;
}

/**
 * The articles of a store, with everything derived from them. It knows no rule of an article's life: `ArticleScores`
 * asks it for articles and decides what they become. It is tested by the contract suite of `ScoreStore`.
 */
export interface ArticleLedger extends Pick<ScoreStore, 'backlog'> {
  readonly retention: Retention;
  /** Those of these articles that exist, in any order. */
  read(ids: readonly string[]): Promise<readonly LifeArticle[]>;
  /**
   * Changes these articles, and each one's rows, roll-ups, story totals and the watermark in the same transaction. A
   * store may put several articles into one transaction, and may call `transition` again if another writer was faster.
   * Answers those that changed in the order of the ids, counting each id once. With `durable` false, a power cut (but
   * not a kill) may undo it.
   */
  change(ids: readonly string[], transition: Transition, options?: { readonly durable?: boolean }): Promise<readonly ChangedArticle[]>;
  /** Free articles, oldest first: at least `limit` with fewer than `maxReceives` if there are so many, and possibly others that have reached it. */
  free(options: LeaseOptions): Promise<readonly { readonly id: string; readonly receives: number }[]>;
  /** The first `limit` scored articles after this position that count with a score of another revision than `notRevision`. */
  scored(options: { readonly notRevision?: string | undefined; readonly after: ScoredPosition; readonly limit: number }): Promise<readonly LifeArticle[]>;
  /** The ids of all that failed. */
  failed(): Promise<readonly string[]>;
  /** A finder for the stories of these articles at `now`. */
  stories(ids: readonly string[], now: number): Promise<StoryFinder>;
  /** The version of each topic that readers see. */
  readableTopics(): Promise<ReadonlyMap<string, number | null | undefined>>;
}
