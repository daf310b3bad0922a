import type { ArticlePage, ArticleQuery, ArticleState, ArticleView, Discrepancy, HourCounts, ModelChange, Period, Scope } from '../domain/report';

/** Articles of a story that are read besides its first. */
export const MOST_OF_STORY = 100;

/** Counts of all articles inside retention, by state, and since when the oldest waits. */
export type StoreStatus = Readonly<Record<ArticleState, number>> & {
  readonly oldestPendingAt?: number;
  readonly judgements: JudgementCounts;
};

/** How many articles inside retention a reader judged, and of how many the model says the same. */
export interface JudgementCounts {
  readonly judged: number;
  readonly agreed: number;
}

/** The scored hours of a day by source, oldest first; sources without any are left out. */
export interface SourceDay {
  readonly day: number;
  readonly sources: ReadonlyMap<string, readonly HourCounts[]>;
}

/** Reads what the mood is made of. */
export interface ReportStore {
  /** A short text that differs whenever anything that readers can see may differ. One cheap read. */
  watermark(): Promise<string>;
  /** The hours of the period in which anything was scored, oldest first. */
  hours(scope: Scope, period: Period): Promise<readonly HourCounts[]>;
  /**
   * The same for every topic (within `scope.sourceId` when given) or every source (within `scope.topicId`). With `wholeDays` a
   * whole day (UTC) may come as one row at its first hour, in any order: for long periods, of which the hours are too many.
   */
  hoursBy(by: 'topic' | 'source', scope: Scope, period: Period, options?: { readonly wholeDays?: boolean }): Promise<ReadonlyMap<string, readonly HourCounts[]>>;
  /**
   * What was scored on each of these days (whole days since 1970, UTC; from `firstDay` to before `endDay`), by source: of
   * `scope.sourceId` alone when given, else of every source (within `scope.topicId`). Every day comes once, oldest first, an empty one
   * too. A day is read when it is asked for, or all of them while others wait for the network, so that weeks of a busy store
   * hold up nothing.
   */
  sourceDays(scope: Scope, firstDay: number, endDay: number): AsyncIterable<SourceDay>;
  /** The hours in which a poll of the source (of any source when absent) succeeded, ascending. */
  observedHours(sourceId: string | undefined, period: Period): Promise<readonly number[]>;
  /** The first model, and every hour from which on scores come from another one. */
  modelChanges(period: Period): Promise<readonly ModelChange[]>;
  /**
   * A page by time, newest first. Label, state and words filter at most 300 articles a request, unless an index finds
   * them directly; so that a page may be short though more follow.
   * @throws CursorError for a cursor that no page gave out.
   */
  articles(query: ArticleQuery): Promise<ArticlePage>;
  /** A page of the articles that a reader judged, by the time of the articles, newest first. @throws CursorError */
  judged(query: { readonly limit: number; readonly cursor?: string }): Promise<ArticlePage>;
  article(id: string): Promise<ArticleView | undefined>;
  /** The scored articles of a story, newest first: its first article, and of the others the newest 100. Empty where none is kept. */
  story(id: string): Promise<readonly ArticleView[]>;
  /**
   * The article with the most decided tone, either way, that is not uncertain, among the newest 300 scored ones of the
   * scope in the period; of equals the newest. `undefined` where there is none.
   */
  strongest(scope: Scope, period: Period): Promise<ArticleView | undefined>;
  status(): Promise<StoreStatus>;
  /** Compares every roll-up with the articles inside retention. */
  check(): Promise<readonly Discrepancy[]>;
  /** Sets the roll-ups to what the articles say; how many differed. */
  repair(): Promise<number>;
}
