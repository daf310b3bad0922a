import { DAY, dayOfHour, hourOf, scopeKey, type Clock, type TopicVersion } from '@barometer/kernel';
import {
  bottomOf, hasLabelAndState, hasWords, MOST_EXAMINED, MOST_OF_STORY, modelChangesOf, newestFirst, pageOf, readCursor, searchWords,
  type ArticlePage, type ArticleQuery, type ArticleView, type Discrepancy, type HourCounts, type ModelChange, type Period,
  type ReportStore, type Scope, type SourceDay, type StoreStatus,
} from '@barometer/reporting';
import {
  articleKey, articleOf, ArticleWriter, dayText, expiresAt, judgementsOf, modelHoursOf, MODELS, observedPartition, readTopics, readWatermark, readyVersions, rowOf, STATES, statesOf, storyList, type ArticleRecord, type DynamoDbTable,
} from '@barometer/storage-dynamodb';
import { articlesOf, isInScope, listed, mostRows, takeListed, type Listed } from './article-list';
import { articleViewOf } from './article-view';
import { findDiscrepancies, keptPeriod, mendRollup } from './invariant';
import { dayItems, hoursOfScopes, isKept, keptHours, scopeHours, scopesIn } from './rollup-reader';

/** The most decided article is looked for among no more rows than this, scored or not. */
const MOST_ROWS = 3 * MOST_EXAMINED;
/** Rows that one request for them reads: three make 300 scored ones where one in ten is not scored. */
const ROWS_A_REQUEST = 110;

/** What readers see, from DynamoDB: every request is made of gets and queries. `clock` decides what has expired. */
export class DynamoDbReportStore implements ReportStore {
  constructor(private readonly table: DynamoDbTable, private readonly clock: Clock) {}

  async watermark(): Promise<string> {
    // The hour is in it because what has expired is hidden from the next full hour on, without any write.
    return `${await readWatermark(this.table)}-${hourOf(this.clock.now())}`;
  }

  async hours(scope: Scope, period: Period): Promise<readonly HourCounts[]> {
    const topic = await this.readyTopic(scope.topicId);
    if (scope.topicId !== undefined && !topic) return [];
    return scopeHours(this.table, scopeKey({ topic, sourceId: scope.sourceId }), period, this.clock.now());
  }

  async hoursBy(by: 'topic' | 'source', scope: Scope, period: Period): Promise<ReadonlyMap<string, readonly HourCounts[]>> {
    const scopes = by === 'topic' ? await this.topicScopes(scope) : await this.sourceScopes(scope, period);
    return hoursOfScopes(this.table, scopes, period, this.clock.now());
  }

  async *sourceDays(scope: Scope, firstDay: number, endDay: number): AsyncGenerator<SourceDay> {
    if (endDay <= firstDay) return;
    const period = { from: firstDay * DAY, to: endDay * DAY };
    // A query for each source over all its days costs a fraction of one for each source and day.
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

  async observedHours(sourceId: string | undefined, period: Period): Promise<readonly number[]> {
    const { first, end } = keptHours(period, this.clock.now());
    if (end <= first) return [];
    const range = { partition: observedPartition(sourceId ?? ''), from: dayText(dayOfHour(first)), to: `${dayText(Math.min(dayOfHour(end), 999_999))}~` };
    const hours = (await this.table.all(range)).flatMap((item) => [...(item['hours'] as Set<number>)]);
    return hours.filter((hour) => hour >= first && hour < end).sort((one, other) => one - other);
  }

  async modelChanges(period: Period): Promise<readonly ModelChange[]> {
    const hours = keptHours(period, this.clock.now());
    const rows = modelHoursOf(await dayItems(this.table, MODELS, hours));
    return modelChangesOf(rows.filter(({ hour }) => hour >= hours.first && hour < hours.end));
  }

  async articles(query: ArticleQuery): Promise<ArticlePage> {
    const now = this.clock.now();
    const after = query.cursor === undefined ? undefined : readCursor(query.cursor);
    const [bottom, ready] = [bottomOf(query, now), await this.ready()];
    const topic = versionIn(ready, query.topicId);
    if (query.topicId !== undefined && !topic) return { items: [], searchedTo: bottom };
    const rows = await takeListed(this.table, { scope: query, topic, period: query.period, after, now }, mostRows(query));
    const isWanted = (row: Listed) => isInScope(query, topic, row) && hasLabelAndState(query, { ...row, label: row.label });
    const found = await this.withWords(rows.filter(isWanted), query.search);
    const page = pageOf(rows, { limit: query.limit, matches: ({ id }) => found.has(id), bottom });
    const articles = await articlesOf(this.table, page.items.map((row) => ({ ...row, article: found.get(row.id)?.article })));
    return { ...page, items: page.items.flatMap(({ id }) => articles.get(id) ?? []).map((article) => articleViewOf(article, ready)) };
  }

  async judged({ limit, cursor }: { limit: number; cursor?: string }): Promise<ArticlePage> {
    const now = this.clock.now();
    const after = cursor === undefined ? undefined : readCursor(cursor);
    const rows = await takeListed(this.table, { judged: true, scope: {}, after, now }, Math.min(limit, MOST_EXAMINED) + 1);
    const page = pageOf(rows, { limit, matches: () => true, bottom: bottomOf({ limit }, now) });
    const [articles, ready] = [await articlesOf(this.table, page.items), await this.ready()];
    // A judgement may have been taken back between the two reads.
    return { ...page, items: page.items.flatMap(({ id }) => articles.get(id) ?? []).filter(({ judgement }) => judgement).map((article) => articleViewOf(article, ready)) };
  }

  async article(id: string): Promise<ArticleView | undefined> {
    const item = await this.table.get(articleKey(id));
    const article = item && articleOf(item);
    return article && expiresAt(article) > this.clock.now() ? articleViewOf(article, await this.ready()) : undefined;
  }

  async story(id: string): Promise<readonly ArticleView[]> {
    const joined = await this.table.first({ partition: storyList(id), descending: true }, MOST_OF_STORY);
    const items = await this.table.getAll([articleKey(id), ...joined.map((row) => articleKey(rowOf(row).id))]);
    const isMember = ({ joinedStory, ...article }: ArticleRecord) => (joinedStory ?? article.id) === id;
    const articles = items.map(articleOf).filter((article) => article.sentiment && isMember(article) && expiresAt(article) > this.clock.now());
    const ready = await this.ready();
    return articles.sort(newestFirst).map((article) => articleViewOf(article, ready));
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
    const days = await dayItems(this.table, STATES, keptHours(keptPeriod(now), now));
    const oldest = await this.oldestPending(now);
    return { ...statesOf(days, isKept(now)), judgements: judgementsOf(days, isKept(now)), ...(oldest !== undefined && { oldestPendingAt: oldest }) };
  }

  async check(): Promise<readonly Discrepancy[]> {
    return findDiscrepancies(this.table, this.clock.now());
  }

  async repair(): Promise<number> {
    await new ArticleWriter(this.table).settle();
    const found = await this.check();
    for (const one of found) await mendRollup(this.table, one);
    return found.length;
  }

  /** The rows that have the words of a search, all of them without one; with their articles where those were read. */
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

  private async oldestPending(now: number): Promise<number | undefined> {
    for await (const item of this.table.query({ index: 'waiting', partition: 'pending', pageSize: 20 })) {
      if (Number(item['expiresAt']) > now) return Number(item['storedAt']);
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

  private async sourceScopes({ topicId }: Scope, period: Period): Promise<Map<string, string>> {
    const topic = await this.readyTopic(topicId);
    if (topicId !== undefined && !topic) return new Map();
    const prefix = scopeKey({ topic, sourceId: '#' }).slice(0, -1);
    const scopes = await scopesIn(this.table, prefix, period, this.clock.now());
    return new Map(scopes.map((scope) => [scope.slice(prefix.length), scope]));
  }
}

function versionIn(ready: ReadonlyMap<string, number>, topicId: string | undefined): TopicVersion | undefined {
  const version = topicId === undefined ? undefined : ready.get(topicId);
  return topicId === undefined || version === undefined ? undefined : { topicId, version };
}
