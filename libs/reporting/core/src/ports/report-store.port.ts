import type { Retention } from '@barometer/kernel';
import type { ArticlePage, ArticleQuery, ArticleState, ArticleView, Discrepancy, HourCounts, ModelChange, Period, Scope, ScopeOfOne } from '../domain/report';
import type { StoryCounts, StoryOutline, StoryWeighing } from '../domain/story';

/** Articles of a story that are read in addition to its first. */
export const MOST_OF_STORY = 100;

/** Counts of all articles inside retention, by state, and since when the oldest pending one has been waiting. */
export type StoreStatus = Readonly<Record<ArticleState, number>> & {
  readonly oldestPendingAt?: number;
  readonly judgements: JudgementCounts;
};

/** How many articles inside retention a reader judged, and on how many of them the model agrees. */
export interface JudgementCounts {
  readonly judged: number;
  readonly agreed: number;
}

/** Options for hours by topic or source. */
export interface HoursByOptions {
  /**
   * A whole day (UTC) may be returned as one row at its first hour, in any order: for long periods, which have too many
   * hours. The day that contains `cut` (milliseconds) is returned as hours, so that no row counts on both sides of it.
   */
  readonly wholeDays?: { readonly cut: number };
  /** Only the `most` members with the largest volume in this part of the period (and those with equal volume) need their hours. */
  readonly largest?: { readonly most: number; readonly in: Period };
}

/** The scored hours of a day by source, oldest first; sources without any are left out. */
export interface SourceDay {
  readonly day: number;
  readonly sources: ReadonlyMap<string, readonly HourCounts[]>;
}

/** Reads the data behind the mood. */
export interface ReportStore {
  /** How long articles and roll-ups are kept, in milliseconds; older ones are not shown, whether they are removed yet or not. */
  readonly retention: Retention;
  /**
   * Whether `heaviestStories` considers every story. If that would read too much, it considers only stories among the
   * newest articles of the period and the stories with the most articles of each day.
   */
  readonly findsEveryStory: boolean;
  /** A short text that differs whenever anything that readers can see may differ. A single cheap read. */
  watermark(): Promise<string>;
  /** The hours of the period with scored articles, oldest first; for several sources (`scope.sourceIds`) the sums of theirs. */
  hours(scope: Scope, period: Period): Promise<readonly HourCounts[]>;
  /**
   * The same for every topic (within the scope's sources, if given), or for every source or the scope's sources (within
   * `scope.topicId`). A member whose hours are not needed is returned without any, if it has scored articles in that
   * part of the period.
   */
  hoursBy(by: 'topic' | 'source', scope: Scope, period: Period, options?: HoursByOptions): Promise<ReadonlyMap<string, readonly HourCounts[]>>;
  /**
   * The scored articles of each of these days (whole days since 1970, UTC; from `firstDay` to before `endDay`), by
   * source: of the scope's sources if given, else of every source (within `scope.topicId`). Every day comes once,
   * oldest first, including empty ones. Days are read one by one as they are requested, or concurrently if the store is
   * behind a network, so that reading weeks of a busy store does not block other work.
   */
  sourceDays(scope: Scope, firstDay: number, endDay: number): AsyncIterable<SourceDay>;
  /** The hours with a successful poll of one of these sources (of any source if absent), ascending. */
  observedHours(sourceIds: readonly string[] | undefined, period: Period): Promise<readonly number[]>;
  /**
   * The hours into which articles of one of these sources (of any source if absent) were imported, ascending; these do
   * not count as observed.
   */
  importedHours(sourceIds: readonly string[] | undefined, period: Period): Promise<readonly number[]>;
  /** The first model, and every hour from which scores come from another one. */
  modelChanges(period: Period): Promise<readonly ModelChange[]>;
  /**
   * A page by time, newest first. Label, state and words filter at most 300 articles a request, unless an index finds
   * them directly, so a page may be short although more follow. An article that several sources of the scope list is
   * included once.
   * @throws CursorError for a cursor that no page returned.
   */
  articles(query: ArticleQuery): Promise<ArticlePage>;
  /** A page of the articles that a reader judged, by the time of the articles, newest first. @throws CursorError */
  judged(query: { readonly limit: number; readonly cursor?: string }): Promise<ArticlePage>;
  article(id: string): Promise<ArticleView | undefined>;
  /**
   * The scored articles of a story (within a scope and period), newest first: its first article, and the newest 100 of
   * the others. Empty if none is kept.
   */
  story(id: string, within?: Scope & { readonly period: Period }): Promise<readonly ArticleView[]>;
  /** The outline of what `story` gives; `undefined` where that is empty. */
  storyOutline(id: string, within: Scope & { readonly period: Period }): Promise<StoryOutline | undefined>;
  /**
   * The stories with the largest weight in a scope and period, each with all of its articles there (at least two); the
   * heaviest first, at most `limit`. If `findsEveryStory` is false, a story may be missing, but no figure is wrong.
   */
  heaviestStories(scope: ScopeOfOne, period: Period, by: StoryWeighing, limit: number): Promise<readonly StoryCounts[]>;
  /** The counts of these stories in a scope and period, including stories with one article; stories without any there are left out. */
  storyCounts(ids: readonly string[], scope: ScopeOfOne, period: Period): Promise<ReadonlyMap<string, StoryCounts>>;
  /**
   * The article with the clearest tone, either way, that is not uncertain, among the newest 300 scored ones of the
   * scope in the period; the newest of equals. `undefined` if there is none.
   */
  strongest(scope: Pick<Scope, 'topicId' | 'sourceId'>, period: Period): Promise<ArticleView | undefined>;
  status(): Promise<StoreStatus>;
  /**
   * The first hour that `check` covers. Roll-ups of earlier hours may outlive their articles: because they are kept
   * longer, or because articles used to be kept for a shorter time.
   */
  checkedFrom(): Promise<number>;
  /** Compares every roll-up from `checkedFrom` with the articles. Once `stop` is aborted, it rejects with its reason, at the latest after the part that is being read. */
  check(stop?: AbortSignal): Promise<readonly Discrepancy[]>;
  /** Sets the roll-ups to the sums over the articles; answers how many differed. */
  repair(): Promise<number>;
}
