import { setImmediate } from 'node:timers/promises';
import type { Label } from '@barometer/events';
import { DAY, fromMicro, HOUR, hourOf, scopeKey, type Clock, type Retention } from '@barometer/kernel';
import {
  addHours,
  bottomOf,
  hasLabelAndState,
  hasWords,
  mergedLists,
  MOST_EXAMINED,
  typicalOf,
  modelChangesOf,
  newestFirst,
  pageOf,
  readCursor,
  searchWords,
  sourcesOf,
  type ArticlePage,
  type ArticleQuery,
  type ArticleState,
  type ArticleView,
  type Discrepancy,
  type HourCounts,
  type JudgementCounts,
  type ModelChange,
  type OutlinedArticle,
  type Period,
  type HoursByOptions,
  type ReadList,
  type ReportStore,
  type Scope,
  type SourceDay,
  type StoreStatus,
  type StoryCounts,
  type StoryOutline,
  type StoryWeighing,
} from '@barometer/reporting';
import { importedHours, observedHours, type SqliteDatabase } from '@barometer/storage-sqlite';
import { listQuery, mostRows, strongestQuery, type ListRequest } from './article-list';
import { viewColumns, viewsOf, type ViewRow } from './article-rows';
import { areCommon, WALKED } from './common-words';
import { checkStore, type CompareStories } from './check-store';
import { checkedFrom, findDiscrepancies, mendRollup } from './invariant';
import { hourRange, hoursOf, hoursOfKey, oldestHour, readyTopic, sourcesWithFigures, volumeOfKey } from './rollup-reader';
import { countStories, heaviestStories, type StoryPlace } from './story-reader';
import { rowsOfStory } from './story-rows';

const nextModel = (after: string) =>
  `SELECT number FROM articles INDEXED BY articles_by_model WHERE state = 'scored' AND ${after} ORDER BY hour, model_id, model_revision LIMIT 1`;

/**
 * The models of each hour, found by one seek per model, because an hour has many articles. A comparison of row values
 * would seek by the hour only, and read all of them.
 */
export const modelsQuery = `WITH RECURSIVE found (hour, id, revision) AS (
    SELECT hour, model_id, model_revision FROM articles WHERE number = (${nextModel('hour >= ?1 AND hour < ?2')})
    UNION ALL SELECT next.hour, next.model_id, next.model_revision FROM found JOIN articles next ON next.number = coalesce(
      (${nextModel('hour = found.hour AND model_id = found.id AND model_revision > found.revision')}),
      (${nextModel('hour = found.hour AND model_id > found.id')}),
      (${nextModel('hour > found.hour AND hour < ?2')}))
  ) SELECT hour, id, revision FROM found`;

export const modelCountQuery = `SELECT count(*) AS count FROM articles INDEXED BY articles_by_model WHERE state = 'scored' AND hour = ? AND model_id = ? AND model_revision = ?`;

export const scoredCountQuery = `SELECT coalesce(sum(negative + neutral + positive), 0) AS count FROM rollups WHERE scope = 'all' AND hour >= ?`;

export const countQuery = 'SELECT count(*) AS count FROM articles WHERE state = ? AND published_at >= ?';

/** What an outline needs of an article. */
const outlineColumns =
  'a.id, a.title, a.publisher, a.tone, a.published_at AS publishedAt, (SELECT s.source_id FROM article_sources s WHERE s.article_id = a.id ORDER BY s.position LIMIT 1) AS sourceId';
interface OutlineRow {
  readonly id: string;
  readonly title: string;
  readonly publisher: string | null;
  readonly tone: number;
  readonly publishedAt: number;
  readonly sourceId: string | null;
}

// CROSS JOIN keeps SQLite from reading the articles first, which would lose the order.
export const judgedQuery = `SELECT ${viewColumns} FROM judgements n CROSS JOIN articles a ON a.id = n.article_id
  WHERE n.published_at >= ? AND (n.published_at, n.article_id) < (?, ?) ORDER BY n.published_at DESC, n.article_id DESC LIMIT ?`;

export const agreementQuery = `SELECT count(*) AS judged, coalesce(sum(json_extract(model_sentiment, '$.label') = label), 0) AS agreed FROM judgements WHERE published_at >= ?`;

export const oldestPendingQuery = `SELECT stored_at AS storedAt FROM articles INDEXED BY articles_pending
  WHERE state = 'pending' AND expires_at > ? ORDER BY stored_at LIMIT 1`;

/** Days of sources to read before other work gets a turn: some milliseconds. */
const SOURCES_A_TURN = 64;

/** Hours whose models are read before other work gets a turn: some milliseconds, even if nothing is cached. */
const MODEL_HOURS_A_TURN = 96;

/** Hours to read before other work gets a turn: some milliseconds. */
const ROWS_A_TURN = 5_000;

/** A topic or a source, and the keys of its roll-ups. */
type Member = readonly [id: string, keys: readonly string[]];

type ListedRow = ViewRow & { readonly inScope: number };

/** The read side on SQLite; `clock` decides what has expired. Without `compareStories`, the thread that checks the store does that too. */
export class SqliteReportStore implements ReportStore {
  readonly retention: Retention;
  readonly findsEveryStory = true;
  private turn: Promise<unknown> = Promise.resolve();

  constructor(
    private readonly db: SqliteDatabase,
    private readonly clock: Clock,
    private readonly compareStories?: CompareStories,
  ) {
    this.retention = db.retention;
  }

  async watermark(): Promise<string> {
    // The hour is included because expired articles disappear at each full hour, without any write.
    return `${this.db.watermark()}-${hourOf(this.clock.now())}`;
  }

  async hours(scope: Scope, period: Period): Promise<readonly HourCounts[]> {
    const { sourceIds, ...rest } = scope;
    if (!sourceIds) return hoursOf(this.db, scope, period, this.clock.now());
    return addHours((await this.hoursBy('source', { ...rest, sourceIds }, period)).values());
  }

  async hoursBy(by: 'topic' | 'source', scope: Scope, period: Period, options: HoursByOptions = {}): Promise<ReadonlyMap<string, readonly HourCounts[]>> {
    const now = this.clock.now();
    const members = this.keysBy(by, scope);
    const isAsked = options.largest ? await this.largest(members, now, options.largest) : () => true;
    const found = new Map<string, readonly HourCounts[]>();
    let rows = 0;
    for (const [id, keys] of members) {
      const asked = isAsked(id);
      const parts = asked ? keys.map((key) => hoursOfKey(this.db, key, period, now, options)) : [];
      const hours = parts.length > 1 ? addHours(parts) : (parts[0] ?? []);
      if (hours.length > 0 || asked === undefined) found.set(id, hours);
      rows += hours.length + 1;
      if (rows < ROWS_A_TURN) continue;
      rows = 0;
      await setImmediate();
    }
    return found;
  }

  /** The members and the keys of their roll-ups: a topic within several sources has one key for each source. */
  private keysBy(by: 'topic' | 'source', scope: Scope): readonly Member[] {
    if (by === 'topic') {
      return this.topicIds().flatMap((id): Member[] => {
        const topic = readyTopic(this.db, id);
        return topic ? [[id, (sourcesOf(scope) ?? [undefined]).map((sourceId) => scopeKey({ topic, sourceId }))]] : [];
      });
    }
    const topic = scope.topicId === undefined ? undefined : readyTopic(this.db, scope.topicId);
    if (scope.topicId !== undefined && !topic) return [];
    return (scope.sourceIds ?? sourcesWithFigures(this.db, scope.topicId)).map((id): Member => [id, [scopeKey({ topic, sourceId: id })]]);
  }

  /**
   * Whether the hours of a member are needed: true for the largest ones, undefined for smaller ones with articles, and
   * false for those without. Adding up in the database takes a fifth of the time of reading the rows.
   */
  private async largest(
    members: readonly Member[],
    now: number,
    { most, in: part }: NonNullable<HoursByOptions['largest']>,
  ): Promise<(id: string) => boolean | undefined> {
    const volumes = new Map<string, number>();
    for (const [index, [id, keys]] of members.entries()) {
      volumes.set(
        id,
        keys.reduce((sum, key) => sum + volumeOfKey(this.db, key, part, now), 0),
      );
      if (index % SOURCES_A_TURN === SOURCES_A_TURN - 1) await setImmediate();
    }
    const least = [...volumes.values()].sort((one, other) => other - one)[most - 1] ?? 0;
    return (id) => {
      const volume = volumes.get(id) ?? 0;
      return volume >= least ? true : volume > 0 ? undefined : false;
    };
  }

  async *sourceDays(scope: Scope, firstDay: number, endDay: number): AsyncGenerator<SourceDay> {
    const topic = scope.topicId === undefined ? undefined : readyTopic(this.db, scope.topicId);
    const ids = scope.topicId !== undefined && !topic ? [] : (sourcesOf(scope) ?? sourcesWithFigures(this.db, scope.topicId));
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

  async observedHours(sourceIds: readonly string[] | undefined, period: Period): Promise<readonly number[]> {
    return this.markedHours(observedHours, sourceIds, period);
  }

  async importedHours(sourceIds: readonly string[] | undefined, period: Period): Promise<readonly number[]> {
    return this.markedHours(importedHours, sourceIds, period);
  }

  private markedHours(read: typeof observedHours, sourceIds: readonly string[] = [''], period: Period): number[] {
    const range = hourRange(this.db, period, this.clock.now());
    return [...new Set(sourceIds.flatMap((id) => read(this.db, id, ...range)))].sort((one, other) => one - other);
  }

  async modelChanges(period: Period): Promise<readonly ModelChange[]> {
    const now = this.clock.now();
    const [first, end] = hourRange(this.db, period, now, oldestHour(this.db, now));
    const rows: { hour: number; id: string; revision: string }[] = [];
    for (let hour = first; hour < end; hour += MODEL_HOURS_A_TURN) {
      rows.push(...this.db.all<(typeof rows)[number]>(modelsQuery, hour, Math.min(hour + MODEL_HOURS_A_TURN, end)));
      await setImmediate();
    }
    // If an hour has two models, their counts decide which one leads; a single model needs no count.
    const shared = new Set(rows.filter(({ hour }, index) => rows[index - 1]?.hour === hour).map(({ hour }) => hour));
    const countOf = (row: (typeof rows)[number]) => this.db.get<{ count: number }>(modelCountQuery, row.hour, row.id, row.revision)?.count ?? 0;
    return modelChangesOf(
      rows.map((row) => ({ hour: row.hour, model: { id: row.id, revision: row.revision }, count: shared.has(row.hour) ? countOf(row) : 1 })),
    );
  }

  async articles(query: ArticleQuery): Promise<ArticlePage> {
    const now = this.clock.now();
    const after = query.cursor === undefined ? undefined : readCursor(query.cursor);
    const words = searchWords(query.search);
    const topic = query.topicId === undefined ? undefined : readyTopic(this.db, query.topicId);
    const bottom = bottomOf(query, now, this.retention);
    if (query.topicId !== undefined && !topic) return { items: [], searchedTo: bottom };
    const walked = words !== undefined && areCommon(this.db, words);
    const request = { query, topic, after, bound: this.db.expiryBound(now), ...(walked ? { most: WALKED } : { words }) };
    const isMerged = query.sourceIds !== undefined && !topic && !words;
    const rows = isMerged ? await this.merged(query.sourceIds ?? [], request) : this.listed(request);
    const matches = (row: (typeof rows)[number]) =>
      row.inScope === 1 &&
      (!walked || hasWords(words, `${row.title} ${row.summary}`)) &&
      hasLabelAndState(query, { state: row.state, label: (row.label ?? undefined) as Label | undefined });
    const page = pageOf(rows, { limit: query.limit, matches, bottom, ...(walked && { most: WALKED }) });
    return { ...page, items: viewsOf(this.db, page.items) };
  }

  private listed(request: ListRequest): ListedRow[] {
    const { sql, params } = listQuery(request);
    return this.db.all<ListedRow>(sql, ...params);
  }

  /** The lists of several sources merged into one; filters are applied afterwards. */
  private merged(sourceIds: readonly string[], request: ListRequest): Promise<ListedRow[]> {
    const { sourceIds: _sources, ...query } = request.query;
    const lists = sourceIds.map(
      (sourceId): ReadList<ListedRow> =>
        async (after, size) =>
          this.listed({ ...request, query: { ...query, sourceId }, after, most: size - 1 }),
    );
    return mergedLists(lists, { after: request.after, most: mostRows(request) });
  }

  async judged({ limit, cursor }: { limit: number; cursor?: string }): Promise<ArticlePage> {
    const now = this.clock.now();
    const after = cursor === undefined ? { publishedAt: Number.MAX_SAFE_INTEGER, id: '' } : readCursor(cursor);
    const rows = this.db.all<ViewRow>(judgedQuery, oldestHour(this.db, now) * HOUR, after.publishedAt, after.id, Math.min(limit, MOST_EXAMINED) + 1);
    const page = pageOf(rows, { limit, matches: () => true, bottom: bottomOf({ limit }, now, this.retention) });
    return { ...page, items: viewsOf(this.db, page.items) };
  }

  async article(id: string): Promise<ArticleView | undefined> {
    const row = this.db.get<ViewRow>(`SELECT ${viewColumns} FROM articles a WHERE a.id = ? AND a.expires_at > ?`, id, this.db.expiryBound(this.clock.now()));
    return row && viewsOf(this.db, [row])[0];
  }

  async story(id: string, within?: Scope & { readonly period: Period }): Promise<readonly ArticleView[]> {
    return viewsOf(this.db, this.storyRows<ViewRow>(viewColumns, id, within));
  }

  async storyOutline(id: string, within: Scope & { readonly period: Period }): Promise<StoryOutline | undefined> {
    const members = this.storyRows<OutlineRow>(outlineColumns, id, within).map(
      ({ publisher, tone, sourceId, ...row }): OutlinedArticle => ({
        ...row,
        ...(publisher !== null && { publisher }),
        sourceId: sourceId ?? '',
        tone: fromMicro(tone),
      }),
    );
    const typical = members.length === 0 ? undefined : await this.article(members[typicalOf(members)]!.id);
    return typical && { members, typical };
  }

  /** These columns of the articles of a story, newest first. */
  private storyRows<Row extends { readonly id: string; readonly publishedAt: number }>(
    columns: string,
    id: string,
    within?: Scope & { readonly period: Period },
  ): Row[] {
    const topic = within?.topicId === undefined ? undefined : readyTopic(this.db, within.topicId);
    if (within?.topicId !== undefined && !topic) return [];
    const place = { topic, sourceIds: within && sourcesOf(within), ...(within?.period ?? { from: Number.MIN_SAFE_INTEGER, to: Number.MAX_SAFE_INTEGER }) };
    return rowsOfStory<Row>(this.db, columns, id, { ...place, bound: this.db.expiryBound(this.clock.now()) }).sort(newestFirst);
  }

  async heaviestStories(scope: Scope, period: Period, by: StoryWeighing, limit: number): Promise<readonly StoryCounts[]> {
    const place = this.placeOf(scope, period);
    return place ? heaviestStories(this.db, place, by, limit) : [];
  }

  async storyCounts(ids: readonly string[], scope: Scope, period: Period): Promise<ReadonlyMap<string, StoryCounts>> {
    const place = this.placeOf(scope, period);
    return new Map(place ? (await countStories(this.db, ids, place)).map((counts) => [counts.id, counts]) : []);
  }

  private placeOf({ topicId, sourceId }: Scope, { from, to }: Period): StoryPlace | undefined {
    const topic = topicId === undefined ? undefined : readyTopic(this.db, topicId);
    // The totals do not consider what has expired but is not removed yet: a story that began before the first kept hour
    // is counted by its articles.
    return topicId !== undefined && !topic ? undefined : { topic, sourceId, from: Math.max(from, oldestHour(this.db, this.clock.now()) * HOUR), to };
  }

  async strongest(scope: Scope, period: Period): Promise<ArticleView | undefined> {
    const topic = scope.topicId === undefined ? undefined : readyTopic(this.db, scope.topicId);
    if (scope.topicId !== undefined && !topic) return undefined;
    const { sql, params } = strongestQuery({ query: { ...scope, period, limit: 1 }, topic, bound: this.db.expiryBound(this.clock.now()) });
    return this.inTurn(() => {
      const row = this.db.get<ViewRow>(sql, ...params);
      return row && viewsOf(this.db, [row])[0];
    });
  }

  async status(): Promise<StoreStatus> {
    const now = this.clock.now();
    // Expiry depends on the hour of the article's own time, so the index by state and time can count what is kept.
    const count = (state: ArticleState) => this.db.get<{ count: number }>(countQuery, state, oldestHour(this.db, now) * HOUR)?.count ?? 0;
    const oldest = this.db.get<{ storedAt: number }>(oldestPendingQuery, this.db.expiryBound(now));
    return {
      // Scored articles are counted from the roll-ups; there are too many to count them for each answer.
      pending: count('pending'),
      scored: this.db.get<{ count: number }>(scoredCountQuery, oldestHour(this.db, now))?.count ?? 0,
      failed: count('failed'),
      skipped: count('skipped'),
      ...(oldest && { oldestPendingAt: oldest.storedAt }),
      judgements: { ...(this.db.get<JudgementCounts>(agreementQuery, oldestHour(this.db, now) * HOUR) ?? { judged: 0, agreed: 0 }) },
    };
  }

  async checkedFrom(): Promise<number> {
    return checkedFrom(this.db, this.clock.now());
  }

  async check(stop?: AbortSignal): Promise<readonly Discrepancy[]> {
    return checkStore(this.db, this.clock.now(), this.compareStories, stop);
  }

  async repair(): Promise<number> {
    return this.db.transaction(() => {
      let mended = 0;
      // Hours come before days, so that a day is compared with hours that are already repaired.
      for (const part of findDiscrepancies(this.db, this.clock.now())) {
        for (const one of part) mendRollup(this.db, one);
        mended += part.length;
      }
      return mended;
    });
  }

  /** For many reads of some milliseconds requested at once: other work gets a turn between two of them. */
  private inTurn<T>(read: () => T): Promise<T> {
    const reading = this.turn.then(() => setImmediate()).then(read);
    this.turn = reading.catch(() => undefined);
    return reading;
  }

  private topicIds(): string[] {
    return this.db.all<{ id: string }>('SELECT id FROM topics WHERE ready_version IS NOT NULL').map(({ id }) => id);
  }
}
