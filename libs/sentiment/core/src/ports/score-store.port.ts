import type { ArticleScored, ReaderJudgement, Sentiment } from '@barometer/events';
import type { LeasedArticle, ScoredArticleText, WaitingArticle } from '../domain/article-text';

/** A score for an article that had none. */
export interface NewScore {
  readonly articleId: string;
  readonly sentiment: Sentiment;
}

/** A score that is to take the place of the one that was read. One an article. */
export interface Replacement {
  readonly articleId: string;
  readonly expected: Sentiment;
  readonly next: Sentiment;
}

/** How far a re-scoring has come. */
export interface RescoreChunk {
  readonly items: readonly ScoredArticleText[];
  /** Where the next chunk begins; absent at the end. */
  readonly position?: string;
}

/** Keeps scores and the pending index that says what has none. */
export interface ScoreStore {
  /**
   * Leases pending articles that nobody holds and whose retry time has come, oldest first, and counts the receive in the
   * same write: up to `limit` that were never handed out, or, when the oldest one was, that one alone, so that a crash
   * counts against no more than the article that was being worked on. One that was received `maxReceives` times already without an answer is not leased: it
   * becomes `failed` (the sweep of what a crash left).
   */
  lease(options: { now: number; limit: number; leaseMs: number; maxReceives: number }): Promise<readonly LeasedArticle[]>;
  /** Those of these articles that wait, without a lease, for deliveries that a queue leases itself; oldest first. */
  pendingArticles(ids: readonly string[]): Promise<readonly WaitingArticle[]>;
  /**
   * Counts an attempt at one of them before it is made, so that a crash counts against that article alone. Answers its
   * receives, this one included; `failed` where it had `maxReceives` already without an answer, and is failed from now on;
   * `gone` where it does not wait.
   */
  attempt(id: string, options: { now: number; maxReceives: number }): Promise<number | 'failed' | 'gone'>;
  /** Takes an attempt back that came to nothing through no fault of the article. */
  withdraw(id: string): Promise<void>;
  /**
   * Sets the sentiment of articles that have none and adds to their roll-ups, in one transaction each at most 90 actions.
   * Answers an event for each one that was set; those scored already, failed meanwhile or gone are left alone.
   */
  apply(scores: readonly NewScore[], now: number): Promise<readonly ArticleScored[]>;
  /** Gives a lease back after an error: pending again at `retryAt`, or `failed` with the reason when that is absent. */
  giveBack(article: { id: string; token?: string }, reason: string, retryAt?: number): Promise<void>;
  /** Scored articles for a re-scoring with the model's own scores, oldest bucket first; `model` names the revision that need not be done again. */
  scored(options: { notRevision?: string; position?: string; limit: number }): Promise<RescoreChunk>;
  /**
   * Replaces scores, each on condition of the exact one that was read, taking the old contribution off the roll-ups and
   * adding the new one in the same transaction. Answers whose was replaced; one that has changed meanwhile is left alone. An
   * article that a reader judged goes on counting as judged.
   */
  replace(replacements: readonly Replacement[], now: number): Promise<ReadonlySet<string>>;
  /**
   * Lets a scored article count with what a reader says instead of the model's score, which is kept beside it, and changes
   * the roll-ups in the same transaction. An earlier judgement is replaced; one that says the same stays as it is.
   */
  judge(id: string, judgement: ReaderJudgement): Promise<'judged' | 'unscored' | 'gone'>;
  /** Lets a judged article count with the model's latest score again, with its roll-ups in the same transaction. */
  takeBack(id: string, now: number): Promise<'taken-back' | 'unjudged' | 'gone'>;
  /** Makes failed articles pending again with no receives: these ids, or all. How many there were. */
  redrive(now: number, ids?: readonly string[]): Promise<number>;
  /** How many wait, how many have failed, and since when the oldest waits (milliseconds since 1970). */
  backlog(): Promise<{ readonly pending: number; readonly failed: number; readonly oldestPendingAt?: number }>;
}
