import { DAY, dayOfHour, expiryBound, hourOf, scopeKey, type Clock, type Retention, type TopicVersion } from '@barometer/kernel';
import {
  addHours,
  bottomOf,
  hasLabelAndState,
  hasWords,
  MOST_EXAMINED,
  MOST_OF_STORY,
  outlineOf,
  modelChangesOf,
  pageOf,
  readCursor,
  searchWords,
  type ArticlePage,
  type ArticleQuery,
  type ArticleView,
  type Discrepancy,
  type HourCounts,
  type ModelChange,
  type Period,
  type ReportStore,
  type Scope,
  type SourceDay,
  type StoreStatus,
  type StoryCounts,
  type StoryOutline,
  type StoryWeighing,
} from '@barometer/reporting';
import {
  articleKey,
  articleOf,
  ArticleWriter,
  dayText,
  expiresAt,
  inTurns,
  judgementsOf,
  modelHoursOf,
  MODELS,
  importedPartition,
  observedPartition,
  readTopics,
  readWatermark,
  readyVersions,
  STATES,
  statesOf,
  type DynamoDbTable,
} from '@barometer/storage-dynamodb';
import { articlesOf, isInScope, listed, mostRows, rowsOf as listedRows, takeListed, type Listed } from './article-list';
import { articleViewOf } from './article-view';
import { checkedFrom, findDiscrepancies, keptPeriod, mendRollup } from './invariant';
import { dayItems, hoursOfScopes, isKept, keptHours, QUERIES_AT_ONCE, scopeHours, scopesIn } from './rollup-reader';
import { countStories, heaviestStories, storyArticles, type StoryPlace } from './story-reader';

/** Each of them reads several days of the directory at once. */
const TOPICS_AT_ONCE = 4;
/** At most this many rows are searched for the article with the clearest tone, scored or not. */
const MOST_ROWS = 3 * MOST_EXAMINED;
/** Rows that one request reads: three requests give 300 scored ones if one in ten is not scored. */
const ROWS_A_REQUEST = 110;

/** The read side on DynamoDB: it sends only gets and queries. `clock` decides what has expired. */
export class DynamoDbReportStore implements ReportStore {
  readonly retention: Retention;
  readonly findsEveryStory = false;

  constructor(
    private readonly table: DynamoDbTable,
    private readonly clock: Clock,
  ) {
    this.retention = table.retention;
  }

  async watermark(): Promise<string> {
    // The hour is included because expired articles disappear at each full hour, without any write.
    return `${await readWatermark(this.table)}-${hourOf(this.clock.now())}`;
  }

  async hours(scope: Scope, period: Period): Promise<readonly HourCounts[]> {
    const topic = await this.readyTopic(scope.topicId);
    if (scope.topicId !== undefined && !topic) return [];
    if (scope.sourceIds) return addHours((await this.hoursBy('source', scope, period)).values());
    return scopeHours(this.table, scopeKey({ topic, sourceId: scope.sourceId }), period, this.clock.now());
  }

  async hoursBy(by: 'topic' | 'source', scope: Scope, period: Period): Promise<ReadonlyMap<string, readonly HourCounts[]>> {
    if (by === 'topic' && scope.sourceIds) return this.topicsOfSources(scope.sourceIds, period);
    const scopes = by === 'topic' ? await this.topicScopes(scope) : await this.sourceScopes(scope, period);
    return hoursOfScopes(this.table, scopes, period, this.clock.now());
  }

  async *sourceDays(scope: Scope, firstDay: number, endDay: number): AsyncGenerator<SourceDay> {
    if (endDay <= firstDay) return;
    const period = { from: firstDay * DAY, to: endDay * DAY };
    // One query per source over all its days costs a fraction of one query per source and day.
    const bySource = scope.sourceId === undefined ? await this.hoursBy('source', scope, period) : new Map([[scope.sourceId, await this.hours(scope, period)]]);
    const days = Array.from({ length: endDay - firstDay }, (_, index) => ({ day: firstDay + index, sources: new Map<string, HourCounts[]>() }));
    for (const [id, hours] of bySource) {
      for (const one of hours) {
        const sources = days[dayOfHour(one.hour) - firstDay]?.sources;
        const known = sources?.get(id);
        if (known) known.push(one);
        else sources?.set(id, [one]);
      }
    }
    yield* days;
  }

  async observedHours(sourceIds: readonly string[] | undefined, period: Period): Promise<readonly number[]> {
    return this.markedHours((sourceIds ?? ['']).map(observedPartition), period);
  }

  async importedHours(sourceIds: readonly string[] | undefined, period: Period): Promise<readonly number[]> {
    return this.markedHours((sourceIds ?? ['']).map(importedPartition), period);
  }

  private async markedHours(partitions: readonly string[], period: Period): Promise<readonly number[]> {
    const { first, end } = keptHours(period, this.clock.now(), this.retention.rollups);
    if (end <= first) return [];
    const days = { from: dayText(dayOfHour(first)), to: `${dayText(Math.min(dayOfHour(end), 999_999))}~` };
    const items = (await inTurns(partitions, QUERIES_AT_ONCE, (partition) => this.table.all({ partition, ...days }))).flat();
    const hours = [...new Set(items.flatMap((item) => [...(item['hours'] as Set<number>)]))];
    return hours.filter((hour) => hour >= first && hour < end).sort((one, other) => one - other);
  }

  async modelChanges(period: Period): Promise<readonly ModelChange[]> {
    const hours = keptHours(period, this.clock.now(), this.retention.articles);
    const rows = modelHoursOf(await dayItems(this.table, MODELS, hours));
    return modelChangesOf(rows.filter(({ hour }) => hour >= hours.first && hour < hours.end));
  }

  async articles(query: ArticleQuery): Promise<ArticlePage> {
    const now = this.clock.now();
    const after = query.cursor === undefined ? undefined : readCursor(query.cursor);
    const [bottom, ready] = [bottomOf(query, now, this.retention), await this.ready()];
    const topic = versionIn(ready, query.topicId);
    if (query.topicId !== undefined && !topic) return { items: [], searchedTo: bottom };
    const rows = await listedRows(this.table, { scope: query, topic, period: query.period, after, now }, mostRows(query));
    const isWanted = (row: Listed) => isInScope(query, topic, row) && hasLabelAndState(query, { ...row, label: row.label });
    const found = await this.withWords(rows.filter(isWanted), query.search);
    const page = pageOf(rows, { limit: query.limit, matches: ({ id }) => found.has(id), bottom });
    const articles = await articlesOf(
      this.table,
      page.items.map((row) => ({ ...row, article: found.get(row.id)?.article })),
    );
    return { ...page, items: page.items.flatMap(({ id }) => articles.get(id) ?? []).map((article) => articleViewOf(article, ready)) };
  }

  async judged({ limit, cursor }: { limit: number; cursor?: string }): Promise<ArticlePage> {
    const now = this.clock.now();
    const after = cursor === undefined ? undefined : readCursor(cursor);
    const rows = await takeListed(this.table, { judged: true, scope: {}, after, now }, Math.min(limit, MOST_EXAMINED) + 1);
    const page = pageOf(rows, { limit, matches: () => true, bottom: bottomOf({ limit }, now, this.retention) });
    const [articles, ready] = [await articlesOf(this.table, page.items), await this.ready()];
    // A judgement may have been withdrawn between the two reads.
    return {
      ...page,
      items: page.items
        .flatMap(({ id }) => articles.get(id) ?? [])
        .filter(({ judgement }) => judgement)
        .map((article) => articleViewOf(article, ready)),
    };
  }

  async article(id: string): Promise<ArticleView | undefined> {
    const item = await this.table.get(articleKey(id));
    const article = item && articleOf(item);
    return article && expiresAt(article) > expiryBound(this.clock.now(), this.retention) ? articleViewOf(article, await this.ready()) : undefined;
  }

  async story(id: string, within?: Scope & { readonly period: Period }): Promise<readonly ArticleView[]> {
    const place = await this.placeOf(within ?? {}, within?.period ?? { from: 0, to: Number.MAX_SAFE_INTEGER });
    if (!place) return [];
    const articles = await storyArticles(this.table, id, place, MOST_OF_STORY);
    const ready = await this.ready();
    return articles.map((article) => articleViewOf(article, ready));
  }

  async storyOutline(id: string, within: Scope & { readonly period: Period }): Promise<StoryOutline | undefined> {
    const articles = await this.story(id, within);
    return articles.length === 0 ? undefined : outlineOf(articles);
  }

  async heaviestStories(scope: Scope, period: Period, by: StoryWeighing, limit: number): Promise<readonly StoryCounts[]> {
    const place = await this.placeOf(scope, period);
    return place ? heaviestStories(this.table, place, by, limit) : [];
  }

  async storyCounts(ids: readonly string[], scope: Scope, period: Period): Promise<ReadonlyMap<string, StoryCounts>> {
    const place = await this.placeOf(scope, period);
    return place ? countStories(this.table, [...new Set(ids)], place) : new Map();
  }

  async strongest(scope: Scope, period: Period): Promise<ArticleView | undefined> {
    const ready = await this.ready();
    const topic = versionIn(ready, scope.topicId);
    if (scope.topicId !== undefined && !topic) return undefined;
    const rows = await this.newestScored(scope, topic, period);
    const strength = ({ tone }: Listed) => Math.abs(tone ?? 0);
    const [top] = rows.filter(({ uncertain }) => uncertain === false).sort((one, other) => strength(other) - strength(one));
    const article = top && (await articlesOf(this.table, [top])).get(top.id);
    return article && articleViewOf(article, ready);
  }

  async status(): Promise<StoreStatus> {
    const now = this.clock.now();
    const { articles: kept } = this.retention;
    const days = await dayItems(this.table, STATES, keptHours(keptPeriod(now, kept), now, kept));
    const oldest = await this.oldestPending(now);
    return {
      ...statesOf(days, isKept(now, kept)),
      judgements: judgementsOf(days, isKept(now, kept)),
      ...(oldest !== undefined && { oldestPendingAt: oldest }),
    };
  }

  async checkedFrom(): Promise<number> {
    return checkedFrom(this.table, this.clock.now());
  }

  async check(stop?: AbortSignal): Promise<readonly Discrepancy[]> {
    return findDiscrepancies(this.table, this.clock.now(), stop);
  }

  async repair(): Promise<number> {
    await new ArticleWriter(this.table).settle();
    const found = await this.check();
    for (const one of found) await mendRollup(this.table, one);
    return found.length;
  }

  /** The rows that contain the words of a search, or all without one; with their articles if those were read. */
  private async withWords(rows: readonly Listed[], search: string | undefined): Promise<ReadonlyMap<string, Listed>> {
    const words = searchWords(search);
    if (!words) return new Map(rows.map((row) => [row.id, row]));
    const articles = words.length === 0 ? new Map() : await articlesOf(this.table, rows);
    const found = rows.map((row) => ({ ...row, article: articles.get(row.id) }));
    return new Map(found.filter(({ article }) => article && hasWords(words, `${article.title} ${article.summary}`)).map((row) => [row.id, row]));
  }

  private async newestScored(scope: Scope, topic: TopicVersion | undefined, period: Period): Promise<Listed[]> {
    const rows: Listed[] = [];
    let examined = 0;
    for await (const row of listed(this.table, { scope, topic, period, now: this.clock.now() }, ROWS_A_REQUEST)) {
      if (row.state === 'scored' && isInScope(scope, topic, row)) rows.push(row);
      if (rows.length === MOST_EXAMINED || (examined += 1) === MOST_ROWS) break;
    }
    return rows;
  }

  private async placeOf({ topicId, sourceId, sourceIds }: Scope, period: Period): Promise<StoryPlace | undefined> {
    const topic = await this.readyTopic(topicId);
    const scope = { ...(topicId !== undefined && { topicId }), ...(sourceId !== undefined && { sourceId }), ...(sourceIds && { sourceIds }) };
    return topicId !== undefined && !topic ? undefined : { scope, topic, period, now: this.clock.now() };
  }

  private async oldestPending(now: number): Promise<number | undefined> {
    for await (const item of this.table.query({ index: 'waiting', partition: 'pending', pageSize: 20 })) {
      if (Number(item['expiresAt']) > expiryBound(now, this.retention)) return Number(item['storedAt']);
    }
    return undefined;
  }

  private async ready(): Promise<ReadonlyMap<string, number>> {
    return readyVersions(await readTopics(this.table));
  }

  private async readyTopic(topicId: string | undefined): Promise<TopicVersion | undefined> {
    return topicId === undefined ? undefined : versionIn(await this.ready(), topicId);
  }

  private async topicScopes({ sourceId }: Scope): Promise<Map<string, string>> {
    return new Map([...(await this.ready())].map(([topicId, version]) => [topicId, scopeKey({ topic: { topicId, version }, sourceId })]));
  }

  /**
   * The hours of every topic in these sources. Few of all these pairs have any: for a period with fewer days than there
   * are sources, the directory of each day says which.
   */
  private async topicsOfSources(sourceIds: readonly string[], period: Period): Promise<Map<string, HourCounts[]>> {
    const now = this.clock.now();
    const { first, end } = keptHours(period, now, this.retention.rollups);
    const isShort = dayOfHour(end - 1) - dayOfHour(first) < sourceIds.length;
    const pairs = await inTurns([...(await this.ready())], TOPICS_AT_ONCE, async ([topicId, version]) => {
      const topic = { topicId, version };
      const scopes = sourceIds.map((sourceId) => scopeKey({ topic, sourceId }));
      const there = isShort ? new Set(await scopesIn(this.table, sourcesPrefix(topic), period, now)) : undefined;
      return scopes.filter((scope) => there?.has(scope) ?? true).map((scope) => [scope, topicId] as const);
    });
    const topicOf = new Map(pairs.flat());
    const hours = await hoursOfScopes(this.table, new Map([...topicOf.keys()].map((scope) => [scope, scope])), period, now);
    const byTopic = Map.groupBy(hours, ([scope]) => topicOf.get(scope) ?? '');
    return new Map([...byTopic].map(([topicId, parts]) => [topicId, addHours(parts.map(([, rows]) => rows))]));
  }

  private async sourceScopes({ topicId, sourceIds }: Scope, period: Period): Promise<Map<string, string>> {
    const topic = await this.readyTopic(topicId);
    if (topicId !== undefined && !topic) return new Map();
    if (sourceIds) return new Map(sourceIds.map((sourceId) => [sourceId, scopeKey({ topic, sourceId })]));
    const prefix = sourcesPrefix(topic);
    const scopes = await scopesIn(this.table, prefix, period, this.clock.now());
    return new Map(scopes.map((scope) => [scope.slice(prefix.length), scope]));
  }
}

/** The common beginning of the scopes of all sources, within a topic or overall. */
const sourcesPrefix = (topic: TopicVersion | undefined): string => scopeKey({ topic, sourceId: '#' }).slice(0, -1);

function versionIn(ready: ReadonlyMap<string, number>, topicId: string | undefined): TopicVersion | undefined {
  const version = topicId === undefined ? undefined : ready.get(topicId);
  return topicId === undefined || version === undefined ? undefined : { topicId, version };
}
