import type { Label, ModelRef, ReaderJudgement, Sentiment } from '@barometer/events';

/** A half-open period in milliseconds since 1970, UTC; both ends are whole hours if used with roll-ups. */
export interface Period {
  readonly from: number;
  readonly to: number;
}

/**
 * What a figure is about: everything, a source, a topic, or a topic in a source. Instead of one source it may name
 * several, each once, and without `sourceId`: their figures are the sums of each source's figures, so that an article
 * counts once for each of them that lists it. An empty list has no figures.
 */
export interface Scope {
  readonly topicId?: string;
  readonly sourceId?: string;
  readonly sourceIds?: readonly string[];
}

/** A scope with at most one source: the sizes of stories are not kept for several. */
export type ScopeOfOne = Scope & { readonly sourceIds?: never };

export const isOfOne = (scope: Scope): scope is ScopeOfOne => scope.sourceIds === undefined;

/** Whether a scope is limited to some sources. */
export const hasSources = ({ sourceId, sourceIds }: Scope): boolean => sourceId !== undefined || sourceIds !== undefined;

/** The sources of a scope; `undefined` for all. */
export const sourcesOf = ({ sourceId, sourceIds }: Scope): readonly string[] | undefined => (sourceId === undefined ? sourceIds : [sourceId]);

/** The counts of an hour; sums are whole millionths, `toneSquares` is the sum of squared tones (for the standard error). */
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

/** When each step happened to an article, in milliseconds since 1970; absent if it has not happened. */
export interface Journey {
  readonly publishedAt: number;
  /** Whether `publishedAt` is the feed's date (true) or the time when the article was first seen. */
  readonly dated: boolean;
  readonly fetchedAt: number;
  readonly storedAt: number;
  readonly deliveredAt?: number;
  readonly scoredAt?: number;
  readonly receives: number;
  /** How often a later version of the feed's item differed from the stored one. */
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
  /** Topics, in the version that readers see. */
  readonly topicIds: readonly string[];
  readonly state: ArticleState;
  /** Why it failed or was skipped. */
  readonly reason?: string;
  /** The sentiment that counts: the model's score, or the one that stands for a reader's judgement. */
  readonly sentiment?: Sentiment;
  readonly judgement?: ReaderJudgement;
  /** The model's own score, if a reader has judged. */
  readonly modelSentiment?: Sentiment;
  /** The story of the article, by the id of its first article; absent until the article is scored. */
  readonly storyId?: string;
  readonly journey: Journey;
}

export interface ArticleQuery extends Scope {
  readonly period?: Period;
  readonly label?: Label;
  readonly state?: ArticleState;
  /** Words that must all occur in title or summary, as beginnings of words; case does not matter. */
  readonly search?: string;
  readonly limit: number;
  readonly cursor?: string;
}

/** A page of articles, newest first. It may be short or empty although more follow: then it has a cursor. */
export interface ArticlePage {
  readonly items: readonly ArticleView[];
  /** Everything newer than this was searched, in milliseconds since 1970. */
  readonly searchedTo: number;
  readonly cursor?: string;
}

/** The beginning of a span in which the scores of a scope come from one model. */
export interface ModelChange {
  readonly at: number;
  readonly model: ModelRef;
}

/** A difference between a stored roll-up and the articles. */
export interface Discrepancy {
  readonly scope: string;
  readonly hour: number;
  /**
   * `day`: a daily roll-up differs from its hours; `hour` is its first. `story`: the totals of a story in a scope, with
   * all articles as neutral ones; `hour` is that of its first article. Absent: an hourly roll-up.
   */
  readonly of?: 'day' | 'story';
  readonly stored: Counts;
  readonly expected: Counts;
}
