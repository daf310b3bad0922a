import type { ReaderJudgement, Sentiment } from '@barometer/events';
import { contributionOf, hourOf, isKept, scopesOf, type Moment, type Retention, type RollupIncrements, type TopicVersion } from '@barometer/kernel';
import type { ArticleText } from './article-text';
import { isAvailable } from './back-off';
import { judgeableScore, modelSentimentOf, withJudgement, withModelSentiment, withoutJudgement, type Judgeable } from './judgement';
import { sameSentiment } from './same-sentiment';
import { noAnswer } from './scored-position';

/**
 * An article as scoring sees it; stores may keep further fields. Times are milliseconds since 1970.
 *
 * This file holds every rule of an article's life from `pending` to `scored`, `failed` and back, as functions from the
 * article and an operation to the next article: the same object if nothing changes. Stores read, call these functions,
 * and write the difference.
 */
export interface LifeArticle extends ArticleText, Judgeable {
  readonly state: 'pending' | 'scored' | 'failed' | 'skipped';
  readonly publishedAt: number;
  readonly storedAt: number;
  /** Counts up in the order of storing. */
  readonly number: number;
  readonly receives: number;
  readonly leaseToken?: string;
  /** End of the lease, or when to try again. */
  readonly availableAt: number;
  /** First hand-over to a scorer. */
  readonly deliveredAt?: number;
  /** Last hint on the scoring queue. */
  readonly sentAt?: number;
  /** The story that it joined, as the id of its first article; absent if it began one. */
  readonly joinedStory?: string;
}

/** The sources and topics that an article counts into, besides "all" and the story that it joined. */
export interface Memberships {
  /** In the order in which the sources listed it. */
  readonly sourceIds: readonly string[];
  readonly topics: readonly TopicVersion[];
}

/** How many articles are leased at `now`, for how long, and after how many receives an article fails. */
export interface LeaseOptions {
  readonly now: number;
  readonly limit: number;
  readonly leaseMs: number;
  readonly maxReceives: number;
}

type Changes = { readonly [Key in keyof LifeArticle]?: LifeArticle[Key] | undefined };

/** The article with changed fields; those set to `undefined` are removed. */
function become<A extends LifeArticle>(article: A, changes: Changes): A {
  const next: A & Changes = { ...article, ...changes };
  for (const key of Object.keys(changes) as (keyof Changes)[]) if (next[key] === undefined) delete next[key];
  return next;
}

const fail = <A extends LifeArticle>(article: A, reason: string): A => become(article, { state: 'failed', reason, leaseToken: undefined });

/** Puts the articles that have waited longest first. */
export const oldestFirst = (one: LifeArticle, other: LifeArticle): number => one.storedAt - other.storedAt || one.number - other.number;

/** Whether a scorer may take it: it is pending, not leased, its retry time has come, and it has not expired. */
export const isFree = (article: LifeArticle, moment: Moment): boolean =>
  article.state === 'pending' && isAvailable(article.availableAt, moment.now) && isKept(article.publishedAt, moment);

/**
 * Which of these free articles, oldest first, a lease takes: those with too many receives, which then fail; and up to
 * `limit` that were never handed out, or, if the oldest one was, that one alone, so that a crash counts against no
 * other.
 */
export function leasable(free: readonly { readonly id: string; readonly receives: number }[], { limit, maxReceives }: LeaseOptions): string[] {
  const exhausted = free.filter(({ receives }) => receives >= maxReceives);
  const [oldest, ...others] = free.filter(({ receives }) => receives < maxReceives).slice(0, limit);
  const together = !oldest ? [] : oldest.receives > 0 ? [oldest] : [oldest, ...others.filter(({ receives }) => receives === 0)];
  return [...exhausted, ...together].map(({ id }) => id);
}

/** Leased under this token, or failed if it was handed out `maxReceives` times without an answer. */
export function leased<A extends LifeArticle>(article: A, token: string, options: LeaseOptions & Moment): A {
  if (!isFree(article, options)) return article;
  if (article.receives >= options.maxReceives) return fail(article, noAnswer(article.receives));
  return become(article, { ...receiveOf(article, options), leaseToken: token, availableAt: options.now + options.leaseMs });
}

/** With one more attempt, or failed if it had `maxReceives` without an answer. */
export function attempted<A extends LifeArticle>(article: A, moment: Moment & { readonly maxReceives: number }): A {
  if (article.state !== 'pending' || !isKept(article.publishedAt, moment)) return article;
  return article.receives >= moment.maxReceives ? fail(article, noAnswer(article.receives)) : become(article, receiveOf(article, moment));
}

const receiveOf = ({ receives, deliveredAt }: LifeArticle, { now }: Moment): Changes => ({ receives: receives + 1, deliveredAt: deliveredAt ?? now });

/** Without the latest attempt. */
export const withdrawn = <A extends LifeArticle>(article: A): A =>
  article.state === 'pending' && article.receives > 0 ? become(article, { receives: article.receives - 1 }) : article;

/** Scored, if it is pending, whoever holds its lease. It counts into the story that `joins` finds, which is called only then. */
export function scored<A extends LifeArticle>(article: A, sentiment: Sentiment, joins: (article: A) => string | undefined, moment: Moment): A {
  if (article.state !== 'pending' || !isKept(article.publishedAt, moment)) return article;
  return become(article, { state: 'scored', sentiment, scoredAt: moment.now, joinedStory: joins(article), reason: undefined, leaseToken: undefined });
}

/** Given back by the holder of the lease, or without a token by a queue: pending until `retryAt`, or failed with this reason. */
export function givenBack<A extends LifeArticle>(article: A, token: string | undefined, reason: string, retryAt?: number): A {
  if (article.state !== 'pending' || (token !== undefined && article.leaseToken !== token)) return article;
  return retryAt === undefined ? fail(article, reason) : become(article, { leaseToken: undefined, availableAt: retryAt });
}

/** A failed article becomes pending again, as if it had never been handed out. */
export function redriven<A extends LifeArticle>(article: A, moment: Moment): A {
  if (article.state !== 'failed' || !isKept(article.publishedAt, moment)) return article;
  return become(article, { state: 'pending', receives: 0, availableAt: 0, reason: undefined, leaseToken: undefined, sentAt: undefined });
}

/** With the score `next` in place of `expected`, if that is still the model's score. */
export function replaced<A extends LifeArticle>(article: A, expected: Sentiment, next: Sentiment, moment: Moment): A {
  const stored = modelSentimentOf(article);
  if (!stored || !isKept(article.publishedAt, moment) || !sameSentiment(stored, expected)) return article;
  return { ...withModelSentiment(article, next), scoredAt: moment.now };
}

/** As a reader judged it; `score` is the model's, for an article that was skipped because of its language. */
export function judged<A extends LifeArticle>(
  article: A | undefined,
  judgement: ReaderJudgement,
  score: Sentiment | undefined,
  retention: Retention,
): A | 'gone' | 'unscored' {
  if (!article || !isKept(article.publishedAt, { now: judgement.at, retention })) return 'gone';
  return judgeableScore(article, score) ? withJudgement(article, judgement, score) : 'unscored';
}

/** As it was before a reader judged it. */
export function takenBack<A extends LifeArticle>(article: A | undefined, moment: Moment): A | 'gone' | 'unjudged' {
  if (!article || !isKept(article.publishedAt, moment)) return 'gone';
  return article.judgement ? withoutJudgement(article) : 'unjudged';
}

/** Adds the change of the roll-ups when an article with these memberships changes. */
export function addDifference(rollups: RollupIncrements, before: LifeArticle, after: LifeArticle, { sourceIds, topics }: Memberships): void {
  for (const [{ sentiment, publishedAt, joinedStory }, sign] of [
    [before, -1],
    [after, 1],
  ] as const) {
    if (sentiment) rollups.add(scopesOf(sourceIds, topics, joinedStory), hourOf(publishedAt), contributionOf(sentiment), sign);
  }
}
