import type { ArticleScored, ReaderJudgement, Sentiment } from '@barometer/events';
import type { LeasedArticle, ScoredArticleText, WaitingArticle } from '../domain/article-text';

/** A score for an article that had none. */
export interface NewScore {
  readonly articleId: string;
  readonly sentiment: Sentiment;
}

/** A score that replaces the one that was read; one for each article. */
export interface Replacement {
  readonly articleId: string;
  readonly expected: Sentiment;
  readonly next: Sentiment;
}

/** A part of a re-scoring. */
export interface RescoreChunk {
  readonly items: readonly ScoredArticleText[];
  /** Where the next chunk begins; absent at the end. */
  readonly position?: string;
}

/** Keeps scores and the index of pending articles, which have none. */
export interface ScoreStore {
  /**
   * Leases pending articles that are not leased and whose retry time has come, oldest first, and counts the receive in
   * the same write: up to `limit` that were never handed out, or, if the oldest one was, that one alone, so that a crash
   * counts only against the article that was being scored. An article that was received `maxReceives` times without an
   * answer is not leased but becomes `failed`, which cleans up after crashes.
   */
  lease(options: { now: number; limit: number; leaseMs: number; maxReceives: number }): Promise<readonly LeasedArticle[]>;
  /** Those of these articles that are pending, without a lease, for deliveries that a queue leases itself; oldest first. */
  pendingArticles(ids: readonly string[]): Promise<readonly WaitingArticle[]>;
  /**
   * Counts an attempt at scoring one of them alone before it is made, so that a crash counts against that article only.
   * Answers its receives, including this one; `failed` if it had `maxReceives` already without an answer, which makes it
   * failed; `gone` if it is not pending.
   */
  attempt(id: string, options: { now: number; maxReceives: number }): Promise<number | 'failed' | 'gone'>;
  /** Takes back an attempt that failed through no fault of the article. */
  withdraw(id: string): Promise<void>;
  /**
   * Sets the sentiment of pending articles, and adds each to its roll-ups in the same transaction; a store may put
   * several articles into one transaction, or split a batch. Answers an event for each one that was set; articles that
   * are scored, failed, expired or gone stay unchanged. If an id comes twice, the first score counts.
   */
  apply(scores: readonly NewScore[], now: number): Promise<readonly ArticleScored[]>;
  /** Ends a lease after an error: pending again at `retryAt`, or `failed` with the reason if that is absent. */
  giveBack(article: { id: string; token?: string }, reason: string, retryAt?: number): Promise<void>;
  /**
   * The next scored articles for a re-scoring, each with the model's own score even if a reader judged it: from
   * `position` on, at most `limit`, and none that the revision `notRevision` scored. Each comes once; the order is up to
   * the store.
   */
  scored(options: { notRevision?: string; position?: string; limit: number }): Promise<RescoreChunk>;
  /**
   * Replaces scores, each on condition that it is still the one that was read, and updates the roll-ups in the same
   * transaction. Answers whose score was replaced; one that has changed meanwhile stays unchanged. An article that a
   * reader judged keeps counting as judged.
   */
  replace(replacements: readonly Replacement[], now: number): Promise<ReadonlySet<string>>;
  /**
   * Lets a scored article count with a reader's judgement instead of the model's score, which is kept beside it, and
   * updates the roll-ups in the same transaction. An earlier judgement is replaced; the same judgement again changes
   * nothing. An article that was skipped because of its language counts from then on, with `score`, the model's score,
   * beside it; without `score`, it is `unscored`, like every other article that has no score.
   */
  judge(id: string, judgement: ReaderJudgement, score?: Sentiment): Promise<'judged' | 'unscored' | 'gone'>;
  /**
   * Lets a judged article count with the model's latest score again, and updates its roll-ups in the same transaction;
   * an article that was skipped before is skipped again.
   */
  takeBack(id: string, now: number): Promise<'taken-back' | 'unjudged' | 'gone'>;
  /** Makes failed articles pending again with no receives: those of these ids, or all. Answers how many. */
  redrive(now: number, ids?: readonly string[]): Promise<number>;
  /** How many are pending, how many have failed, and when the oldest pending one was stored (milliseconds since 1970). */
  backlog(): Promise<{ readonly pending: number; readonly failed: number; readonly oldestPendingAt?: number }>;
}
