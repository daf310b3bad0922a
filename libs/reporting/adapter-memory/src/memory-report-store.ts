import { DAY, expiryBound, expiryOf, HOUR, hourOf, lastExpiredHour, scopeKey, type Clock, type Retention } from '@barometer/kernel';
import {
  addHours,
  bottomOf,
  countsOfStories,
  hasLabelAndState,
  hasWords,
  heaviestOf,
  MOST_EXAMINED,
  MOST_OF_STORY,
  outlineOf,
  modelChangesOf,
  newestFirst,
  pageOf,
  readCursor,
  searchWords,
  sourcesOf,
  type ArticlePage,
  type ArticleQuery,
  type ArticleView,
  type Discrepancy,
  type HourCounts,
  type ListPosition,
  type ModelChange,
  type ModelHour,
  type Period,
  type ReportStore,
  type Scope,
  type SourceDay,
  type StoreStatus,
  type StoryCounts,
  type StoryOutline,
  type StoryWeighing,
} from '@barometer/reporting';
import type { ArticleRow, MemoryDatabase } from '@barometer/storage-memory';
import { articleViewOf } from './article-view';
import { expectedRollups, findDiscrepancies, mendRollup } from './invariant';

const holds = (period: Period | undefined, time: number) => !period || (time >= period.from && time < period.to);

/** Whether a row comes after this position in a list. */
const isAfter = (place: ListPosition, { publishedAt, id }: ListPosition): boolean =>
  publishedAt < place.publishedAt || (publishedAt === place.publishedAt && id < place.id);

/** The read side in memory; `clock` decides what has expired. */
export class MemoryReportStore implements ReportStore {
  readonly retention: Retention;
  readonly findsEveryStory = true;

  constructor(
    private readonly db: MemoryDatabase,
    private readonly clock: Clock,
  ) {
    this.retention = db.retention;
  }

  async watermark(): Promise<string> {
    return `${this.db.watermark()}-${hourOf(this.clock.now())}`;
  }

  async hours(scope: Scope, period: Period): Promise<readonly HourCounts[]> {
    const topic = this.readyTopic(scope.topicId);
    if (scope.topicId !== undefined && !topic) return [];
    if (scope.sourceIds) return addHours(scope.sourceIds.map((sourceId) => this.rollup(scopeKey({ topic, sourceId }), period)));
    return this.rollup(scopeKey({ topic, sourceId: scope.sourceId }), period);
  }

  async hoursBy(by: 'topic' | 'source', scope: Scope, period: Period): Promise<ReadonlyMap<string, readonly HourCounts[]>> {
    const { sourceIds, ...rest } = scope;
    const ids = by === 'topic' ? [...this.db.topics.keys()] : (sourceIds ?? this.sourceIds());
    const found = new Map<string, readonly HourCounts[]>();
    for (const id of ids) {
      const rows = await this.hours(by === 'topic' ? { ...scope, topicId: id } : { ...rest, sourceId: id }, period);
      if (rows.length > 0) found.set(id, rows);
    }
    return found;
  }

  async *sourceDays(scope: Scope, firstDay: number, endDay: number): AsyncGenerator<SourceDay> {
    for (let day = firstDay; day < endDay; day += 1) {
      const period = { from: day * DAY, to: (day + 1) * DAY };
      if (scope.sourceId === undefined) {
        yield { day, sources: await this.hoursBy('source', scope, period) };
        continue;
      }
      const hours = await this.hours(scope, period);
      yield { day, sources: new Map(hours.length > 0 ? [[scope.sourceId, hours]] : []) };
    }
  }

  async observedHours(sourceIds: readonly string[] | undefined, period: Period): Promise<readonly number[]> {
    return this.keptIn(
      period,
      (sourceIds ?? ['']).flatMap((id) => [...(this.db.observedHours.get(id) ?? [])]),
    );
  }

  async importedHours(sourceIds: readonly string[] | undefined, period: Period): Promise<readonly number[]> {
    return this.keptIn(
      period,
      (sourceIds ?? ['']).flatMap((id) => [...(this.db.importedHours.get(id) ?? [])]),
    );
  }

  async modelChanges(period: Period): Promise<readonly ModelChange[]> {
    const byKey = new Map<string, ModelHour>();
    for (const { hour, sentiment } of this.rows()) {
      if (!sentiment || !holds(period, hour * HOUR)) continue;
      const { id, revision } = sentiment.model;
      const key = `${String(hour).padStart(9, '0')} ${id} ${revision}`;
      byKey.set(key, { hour, model: { id, revision }, count: (byKey.get(key)?.count ?? 0) + 1 });
    }
    return modelChangesOf([...byKey.keys()].sort().flatMap((key) => byKey.get(key) ?? []));
  }

  async articles(query: ArticleQuery): Promise<ArticlePage> {
    const after = query.cursor === undefined ? undefined : readCursor(query.cursor);
    const words = searchWords(query.search);
    const rows = this.listed(query).filter((row) => !after || isAfter(after, row));
    const page = pageOf(rows.slice(0, MOST_EXAMINED + 1), {
      limit: query.limit,
      matches: (row) => hasLabelAndState(query, { ...row, label: row.sentiment?.label }) && (!words || hasWords(words, `${row.title} ${row.summary}`)),
      bottom: bottomOf(query, this.clock.now(), this.retention),
    });
    return { ...page, items: page.items.map((row) => articleViewOf(this.db, row)) };
  }

  async judged({ limit, cursor }: { limit: number; cursor?: string }): Promise<ArticlePage> {
    const after = cursor === undefined ? undefined : readCursor(cursor);
    const rows = this.rows()
      .filter((row) => row.judgement && (!after || isAfter(after, row)))
      .sort(newestFirst);
    const page = pageOf(rows, { limit, matches: () => true, bottom: bottomOf({ limit }, this.clock.now(), this.retention) });
    return { ...page, items: page.items.map((row) => articleViewOf(this.db, row)) };
  }

  async article(id: string): Promise<ArticleView | undefined> {
    const row = this.db.articles.get(id);
    return row && row.expiresAt > expiryBound(this.clock.now(), this.retention) ? articleViewOf(this.db, row) : undefined;
  }

  async story(id: string, within: Partial<Scope> & { readonly period?: Period } = {}): Promise<readonly ArticleView[]> {
    const rows = this.listed(within).filter(({ sentiment }) => sentiment);
    const joined = rows.filter(({ joinedStory }) => joinedStory === id).slice(0, MOST_OF_STORY);
    return [...joined, ...rows.filter((row) => row.id === id && row.joinedStory === undefined)].sort(newestFirst).map((row) => articleViewOf(this.db, row));
  }

  async storyOutline(id: string, within: Scope & { readonly period: Period }): Promise<StoryOutline | undefined> {
    const articles = await this.story(id, within);
    return articles.length === 0 ? undefined : outlineOf(articles);
  }

  async heaviestStories(scope: Scope, period: Period, by: StoryWeighing, limit: number): Promise<readonly StoryCounts[]> {
    return heaviestOf(this.stories(scope, period).values(), by, limit);
  }

  async storyCounts(ids: readonly string[], scope: Scope, period: Period): Promise<ReadonlyMap<string, StoryCounts>> {
    const found = this.stories(scope, period);
    return new Map(ids.flatMap((id) => (found.has(id) ? [[id, found.get(id)!]] : [])));
  }

  async strongest(scope: Scope, period: Period): Promise<ArticleView | undefined> {
    const newest = this.listed({ ...scope, period })
      .filter(({ state }) => state === 'scored')
      .slice(0, MOST_EXAMINED);
    const strength = ({ sentiment }: ArticleRow) => Math.abs(sentiment?.tone ?? 0);
    const [top] = newest.filter(({ sentiment }) => sentiment?.uncertain === false).sort((one, other) => strength(other) - strength(one));
    return top && articleViewOf(this.db, top);
  }

  async status(): Promise<StoreStatus> {
    const counts = { pending: 0, scored: 0, failed: 0, skipped: 0 };
    let oldestPendingAt: number | undefined;
    const judgements = { judged: 0, agreed: 0 };
    for (const { state, storedAt, judgement, modelSentiment } of this.rows()) {
      counts[state] += 1;
      if (judgement) judgements.judged += 1;
      if (judgement && judgement.label === modelSentiment?.label) judgements.agreed += 1;
      if (state === 'pending') oldestPendingAt = Math.min(oldestPendingAt ?? storedAt, storedAt);
    }
    return { ...counts, judgements, ...(oldestPendingAt !== undefined && { oldestPendingAt }) };
  }

  async checkedFrom(): Promise<number> {
    return Math.max(lastExpiredHour(this.clock.now(), this.retention.articles), this.db.outlivedHour) + 1;
  }

  async check(stop?: AbortSignal): Promise<readonly Discrepancy[]> {
    stop?.throwIfAborted();
    const from = await this.checkedFrom();
    return findDiscrepancies(this.db, expectedRollups(this.rows()), (hour) => hour >= from);
  }

  async repair(): Promise<number> {
    const found = await this.check();
    if (found.length > 0) this.db.transaction(() => found.forEach((one) => mendRollup(this.db, one)));
    return found.length;
  }

  /** The articles inside retention. */
  private rows(): ArticleRow[] {
    const bound = expiryBound(this.clock.now(), this.retention);
    return [...this.db.articles.values()].filter(({ expiresAt }) => expiresAt > bound);
  }

  private listed({ topicId, period, ...scope }: Scope & { readonly period?: Period }): ArticleRow[] {
    const topic = this.readyTopic(topicId);
    const inTopic = (row: ArticleRow) => topicId === undefined || row.topics.some((one) => one.topicId === topicId && one.version === topic?.version);
    const asked = sourcesOf(scope);
    const inSource = (row: ArticleRow) => asked === undefined || row.sources.some(({ sourceId }) => asked.includes(sourceId));
    return this.rows()
      .filter((row) => holds(period, row.publishedAt) && inTopic(row) && inSource(row))
      .sort(newestFirst);
  }

  private stories(scope: Scope, period: Period): Map<string, StoryCounts> {
    return countsOfStories(
      this.listed({ ...scope, period })
        .filter(({ sentiment }) => sentiment)
        .map((row) => articleViewOf(this.db, row)),
    );
  }

  private rollup(scope: string, period: Period): HourCounts[] {
    const rows = [...(this.db.rollups.get(scope) ?? [])].map(([hour, counts]) => ({ ...counts, hour }));
    const hasScores = ({ negative, neutral, positive }: HourCounts) => negative + neutral + positive > 0;
    return rows.filter((row) => holds(period, row.hour * HOUR) && this.isKept(row.hour) && hasScores(row)).sort((one, other) => one.hour - other.hour);
  }

  private readyTopic(topicId: string | undefined) {
    const version = topicId === undefined ? undefined : this.db.topics.get(topicId)?.readyVersion;
    return topicId === undefined || version === undefined ? undefined : { topicId, version };
  }

  private sourceIds(): string[] {
    return [...this.db.rollups.keys()].filter((scope) => scope.startsWith('s:')).map((scope) => scope.slice(2));
  }

  private isKept(hour: number): boolean {
    return expiryOf(hour, this.retention.rollups) > this.clock.now();
  }

  private keptIn(period: Period, hours: Iterable<number> = []): number[] {
    return [...new Set(hours)].filter((hour) => holds(period, hour * HOUR) && this.isKept(hour)).sort((one, other) => one - other);
  }
}
