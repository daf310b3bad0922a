import { setImmediate } from 'node:timers/promises';
import type { Label } from '@barometer/events';
import { DAY, HOUR, hourOf, scopeKey, type Clock } from '@barometer/kernel';
import {
  bottomOf, hasLabelAndState, hasWords, MOST_EXAMINED, MOST_OF_STORY, modelChangesOf, newestFirst, pageOf, readCursor, searchWords,
  type ArticlePage, type ArticleQuery, type ArticleState, type ArticleView, type Discrepancy, type HourCounts, type JudgementCounts, type ModelChange, type Period,
  type ReportStore, type Scope, type SourceDay, type StoreStatus,
} from '@barometer/reporting';
import type { SqliteDatabase } from '@barometer/storage-sqlite';
import { listQuery, strongestQuery } from './article-list';
import { viewColumns, viewsOf, type ViewRow } from './article-rows';
import { areCommon, WALKED } from './common-words';
import { findDiscrepancies, mendRollup } from './invariant';
import { hourRange, hoursOf, hoursOfKey, oldestHour, readyTopic, sourcesWithFigures } from './rollup-reader';

/** The models of each hour, found by one seek each: articles of an hour and model are many. */
export const modelsQuery = `WITH RECURSIVE found (hour, id, revision) AS (
    SELECT hour, model_id, model_revision FROM articles WHERE number = (
      SELECT number FROM articles INDEXED BY articles_by_model WHERE state = 'scored' AND hour >= ?1 AND hour < ?2 ORDER BY hour, model_id, model_revision LIMIT 1)
    UNION ALL SELECT next.hour, next.model_id, next.model_revision FROM found JOIN articles next ON next.number = (
      SELECT number FROM articles INDEXED BY articles_by_model WHERE state = 'scored' AND hour < ?2
        AND (hour, model_id, model_revision) > (found.hour, found.id, found.revision) ORDER BY hour, model_id, model_revision LIMIT 1)
  ) SELECT hour, id, revision FROM found`;

export const modelCountQuery = `SELECT count(*) AS count FROM articles INDEXED BY articles_by_model WHERE state = 'scored' AND hour = ? AND model_id = ? AND model_revision = ?`;

export const observedQuery = 'SELECT hour FROM observed_hours WHERE source_id = ? AND hour >= ? AND hour < ? ORDER BY hour';

export const scoredCountQuery = `SELECT coalesce(sum(negative + neutral + positive), 0) AS count FROM rollups WHERE scope = 'all' AND hour >= ?`;

export const countQuery = 'SELECT count(*) AS count FROM articles WHERE state = ? AND published_at >= ?';

export const storyQuery = `SELECT ${viewColumns} FROM articles a INDEXED BY articles_by_story
  WHERE a.joined_story = ? AND a.state = 'scored' AND +a.expires_at > ? ORDER BY a.published_at DESC, a.id DESC LIMIT ?`;

// CROSS JOIN keeps SQLite from reading the articles first, which would lose the order.
export const judgedQuery = `SELECT ${viewColumns} FROM judgements n CROSS JOIN articles a ON a.id = n.article_id
  WHERE n.published_at >= ? AND (n.published_at, n.article_id) < (?, ?) ORDER BY n.published_at DESC, n.article_id DESC LIMIT ?`;

export const agreementQuery = `SELECT count(*) AS judged, coalesce(sum(json_extract(model_sentiment, '$.label') = label), 0) AS agreed FROM judgements WHERE published_at >= ?`;

export const oldestPendingQuery = `SELECT stored_at AS storedAt FROM articles INDEXED BY articles_pending
  WHERE state = 'pending' AND expires_at > ? ORDER BY stored_at LIMIT 1`;

/** Days of sources that are read between two turns of other work: some milliseconds. */
const SOURCES_A_TURN = 64;

/** Hours that are read between two turns of other work: some milliseconds. */
const ROWS_A_TURN = 5_000;

/** What readers see, from SQLite; `clock` decides what has expired. */
export class SqliteReportStore implements ReportStore {
  constructor(private readonly db: SqliteDatabase, private readonly clock: Clock) {}

  async watermark(): Promise<string> {
    // The hour is in it because what has expired is hidden from the next full hour on, without any write.
    return `${this.db.watermark()}-${hourOf(this.clock.now())}`;
  }

  async hours(scope: Scope, period: Period): Promise<readonly HourCounts[]> {
    return hoursOf(this.db, scope, period, this.clock.now());
  }

  async hoursBy(by: 'topic' | 'source', scope: Scope, period: Period, options?: { readonly wholeDays?: boolean }): Promise<ReadonlyMap<string, readonly HourCounts[]>> {
    const now = this.clock.now();
    const ids = by === 'topic' ? this.topicIds() : sourcesWithFigures(this.db, scope.topicId);
    const found = new Map<string, readonly HourCounts[]>();
    let rows = 0;
    for (const id of ids) {
      const hours = hoursOf(this.db, by === 'topic' ? { ...scope, topicId: id } : { ...scope, sourceId: id }, period, now, options);
      if (hours.length > 0) found.set(id, hours);
      rows += hours.length + 1;
      if (rows < ROWS_A_TURN) continue;
      rows = 0;
      await setImmediate();
    }
    return found;
  }

  async *sourceDays(scope: Scope, firstDay: number, endDay: number): AsyncGenerator<SourceDay> {
    const topic = scope.topicId === undefined ? undefined : readyTopic(this.db, scope.topicId);
    const ids = scope.topicId !== undefined && !topic ? [] : scope.sourceId === undefined ? sourcesWithFigures(this.db, scope.topicId) : [scope.sourceId];
    const scopes = ids.map((id) => [id, scopeKey({ topic, sourceId: id })] as const);
    for (let day = firstDay; day < endDay; day += 1) {
      const [now, period] = [this.clock.now(), { from: day * DAY, to: (day + 1) * DAY }];
      const sources = new Map<string, readonly HourCounts[]>();
      for (const [index, [id, key]] of scopes.entries()) {
        const hours = hoursOfKey(this.db, key, period, now);
        if (hours.length > 0) sources.set(id, hours);
        if (index % SOURCES_A_TURN === SOURCES_A_TURN - 1) await setImmediate();
      }
      yield { day, sources };
    }
  }

  async observedHours(sourceId: string | undefined, period: Period): Promise<readonly number[]> {
    const rows = this.db.all<{ hour: number }>(observedQuery, sourceId ?? '', ...hourRange(period, this.clock.now()));
    return rows.map(({ hour }) => hour);
  }

  async modelChanges(period: Period): Promise<readonly ModelChange[]> {
    const rows = this.db.all<{ hour: number; id: string; revision: string }>(modelsQuery, ...hourRange(period, this.clock.now()));
    // Which of two leads an hour is for the counts to say; one that is alone leads with any.
    const shared = new Set(rows.filter(({ hour }, index) => rows[index - 1]?.hour === hour).map(({ hour }) => hour));
    const countOf = (row: (typeof rows)[number]) => this.db.get<{ count: number }>(modelCountQuery, row.hour, row.id, row.revision)?.count ?? 0;
    return modelChangesOf(rows.map((row) => ({ hour: row.hour, model: { id: row.id, revision: row.revision }, count: shared.has(row.hour) ? countOf(row) : 1 })));
  }

  async articles(query: ArticleQuery): Promise<ArticlePage> {
    const now = this.clock.now();
    const after = query.cursor === undefined ? undefined : readCursor(query.cursor);
    const words = searchWords(query.search);
    const topic = query.topicId === undefined ? undefined : readyTopic(this.db, query.topicId);
    const bottom = bottomOf(query, now);
    if (query.topicId !== undefined && !topic) return { items: [], searchedTo: bottom };
    const walked = words !== undefined && areCommon(this.db, words);
    const { sql, params } = listQuery({ query, topic, after, now, ...(walked ? { most: WALKED } : { words }) });
    const rows = this.db.all<ViewRow & { readonly inScope: number }>(sql, ...params);
    const matches = (row: (typeof rows)[number]) => row.inScope === 1 && (!walked || hasWords(words, `${row.title} ${row.summary}`)) && hasLabelAndState(query, { ...row, label: (row.label ?? undefined) as Label | undefined });
    const page = pageOf(rows, { limit: query.limit, matches, bottom, ...(walked && { most: WALKED }) });
    return { ...page, items: viewsOf(this.db, page.items) };
  }

  async judged({ limit, cursor }: { limit: number; cursor?: string }): Promise<ArticlePage> {
    const now = this.clock.now();
    const after = cursor === undefined ? { publishedAt: Number.MAX_SAFE_INTEGER, id: '' } : readCursor(cursor);
    const rows = this.db.all<ViewRow>(judgedQuery, oldestHour(now) * HOUR, after.publishedAt, after.id, Math.min(limit, MOST_EXAMINED) + 1);
    const page = pageOf(rows, { limit, matches: () => true, bottom: bottomOf({ limit }, now) });
    return { ...page, items: viewsOf(this.db, page.items) };
  }

  async article(id: string): Promise<ArticleView | undefined> {
    const row = this.db.get<ViewRow>(`SELECT ${viewColumns} FROM articles a WHERE a.id = ? AND a.expires_at > ?`, id, this.clock.now());
    return row && viewsOf(this.db, [row])[0];
  }

  async story(id: string): Promise<readonly ArticleView[]> {
    const now = this.clock.now();
    const joined = this.db.all<ViewRow>(storyQuery, id, now, MOST_OF_STORY);
    const first = this.db.all<ViewRow>(`SELECT ${viewColumns} FROM articles a WHERE a.id = ? AND a.state = 'scored' AND a.joined_story IS NULL AND a.expires_at > ?`, id, now);
    return viewsOf(this.db, [...joined, ...first].sort(newestFirst));
  }

  async strongest(scope: Scope, period: Period): Promise<ArticleView | undefined> {
    const topic = scope.topicId === undefined ? undefined : readyTopic(this.db, scope.topicId);
    if (scope.topicId !== undefined && !topic) return undefined;
    const { sql, params } = strongestQuery({ query: { ...scope, period, limit: 1 }, topic, now: this.clock.now() });
    const row = this.db.get<ViewRow>(sql, ...params);
    return row && viewsOf(this.db, [row])[0];
  }

  async status(): Promise<StoreStatus> {
    const now = this.clock.now();
    // Expiry goes by the hour of the article's own time, so that the index by state and time can count what is kept.
    const count = (state: ArticleState) => this.db.get<{ count: number }>(countQuery, state, oldestHour(now) * HOUR)?.count ?? 0;
    const oldest = this.db.get<{ storedAt: number }>(oldestPendingQuery, now);
    return {
      // The scored are counted already; there are too many to count them again for each answer.
      pending: count('pending'), scored: this.db.get<{ count: number }>(scoredCountQuery, oldestHour(now))?.count ?? 0, failed: count('failed'), skipped: count('skipped'),
      ...(oldest && { oldestPendingAt: oldest.storedAt }),
      judgements: { ...(this.db.get<JudgementCounts>(agreementQuery, oldestHour(now) * HOUR) ?? { judged: 0, agreed: 0 }) },
    };
  }

  async check(): Promise<readonly Discrepancy[]> {
    return findDiscrepancies(this.db, this.clock.now());
  }

  async repair(): Promise<number> {
    return this.db.transaction(() => {
      const found = findDiscrepancies(this.db, this.clock.now());
      for (const one of found) mendRollup(this.db, one);
      return found.length;
    });
  }

  private topicIds(): string[] {
    return this.db.all<{ id: string }>('SELECT id FROM topics WHERE ready_version IS NOT NULL').map(({ id }) => id);
  }
}
