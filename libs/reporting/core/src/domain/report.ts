import type { Label, ModelRef, ReaderJudgement, Sentiment } from '@barometer/events';

/** A half-open stretch of time in milliseconds since 1970, UTC; both ends on whole hours when used with roll-ups. */
export interface Period {
  readonly from: number;
  readonly to: number;
}

/** What a figure speaks of: everything, a source, a topic, or a topic in a source. */
export interface Scope {
  readonly topicId?: string;
  readonly sourceId?: string;
}

/** What was scored in an hour; sums are whole millionths, `toneSquares` of the squared tone (for the standard error). */
export interface Counts {
  readonly negative: number;
  readonly neutral: number;
  readonly positive: number;
  readonly toneSum: number;
  readonly toneSquares: number;
}

export interface HourCounts extends Counts {
  /** Whole hours since 1970, UTC. */
  readonly hour: number;
}

export type ArticleState = 'pending' | 'scored' | 'failed' | 'skipped';

/** When what happened to an article, in milliseconds since 1970; absent: has not happened. */
export interface Journey {
  readonly publishedAt: number;
  /** Whether `publishedAt` is the feed's date or the first-seen time. */
  readonly dated: boolean;
  readonly fetchedAt: number;
  readonly storedAt: number;
  readonly deliveredAt?: number;
  readonly scoredAt?: number;
  readonly receives: number;
  /** How often a later version of the feed's item differed from what is stored. */
  readonly changes: number;
}

/** An article as readers see it. */
export interface ArticleView {
  readonly id: string;
  readonly url: string;
  readonly title: string;
  readonly summary: string;
  readonly publisher?: string;
  readonly language?: string;
  readonly sourceIds: readonly string[];
  /** Topics in the version that readers see. */
  readonly topicIds: readonly string[];
  readonly state: ArticleState;
  /** Why it failed or was skipped. */
  readonly reason?: string;
  /** What it counts with: the model's score, or what stands for a reader's judgement. */
  readonly sentiment?: Sentiment;
  readonly judgement?: ReaderJudgement;
  /** The model's own score, beside a judgement. */
  readonly modelSentiment?: Sentiment;
  /** The story that it belongs to, by the id of its first article; absent until it is scored. */
  readonly storyId?: string;
  readonly journey: Journey;
}

export interface ArticleQuery extends Scope {
  readonly period?: Period;
  readonly label?: Label;
  readonly state?: ArticleState;
  /** Words that must all occur in title or summary, as prefixes of words; case does not matter. */
  readonly search?: string;
  readonly limit: number;
  readonly cursor?: string;
}

/** A page of articles, newest first. It may be short or empty though more follow: then there is a cursor. */
export interface ArticlePage {
  readonly items: readonly ArticleView[];
  /** Everything newer than this time was searched, in milliseconds since 1970. */
  readonly searchedTo: number;
  readonly cursor?: string;
}

/** A span in which the scores of a scope come from one model. */
export interface ModelChange {
  readonly at: number;
  readonly model: ModelRef;
}

/** A place where a stored roll-up differs from what the articles say. */
export interface Discrepancy {
  readonly scope: string;
  readonly hour: number;
  readonly stored: Counts;
  readonly expected: Counts;
}
