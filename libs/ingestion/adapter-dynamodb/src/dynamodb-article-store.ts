import { relisted, type AddReport, type Article, type ArticleStore, type KnownArticle, type KnownArticles } from '@barometer/ingestion';
import { dayOfHour, expiryOf, hourOf, lastExpiredHour, HOUR, RETENTION, type TopicVersion } from '@barometer/kernel';
import {
  aliasKey, ALL_LIST, articleKey, articleOf, ArticleWriter, counterKey, dayText, decideAndWrite, expiresAt, listingKey, observedPartition, readTopics, sightingKey, timeText, timeToLive, untouched,
  type ArticleRecord, type DynamoDbTable,
} from '@barometer/storage-dynamodb';

/** Of a source's listing: 220 KB of the 400 that an item may have. */
const MOST_PRINTS = 20_000;
/** Articles that are looked for at once when they have expired. */
const EXPIRY_CHUNK = 200;
/** That an item is still listed is noted no more often than this: a poll would else write every undated item again. */
const SEEN_PRECISION = 6 * HOUR;

/** The articles in the DynamoDB store. An article, its place in every list and in the pending index are one transaction. */
export class DynamoDbArticleStore implements ArticleStore {
  private readonly writer: ArticleWriter;

  constructor(private readonly table: DynamoDbTable) {
    this.writer = new ArticleWriter(table);
  }

  async addAll(articles: readonly Article[], now: number): Promise<AddReport> {
    const report = { pending: [] as string[], skipped: 0, linked: 0, changed: 0, known: 0 };
    if (articles.length === 0) return report;
    const versions = new Set((await readTopics(this.table)).flatMap(({ id, versions }) => Object.keys(versions).map((version) => `${version} ${id}`)));
    const isKept = ({ topicId, version }: TopicVersion) => versions.has(`${version} ${topicId}`);
    let number = await this.reserveNumbers(articles.length);
    for (const round of rounds(articles)) {
      const plans = new Map(round.map((article) => [article.id, { article, number: (number += 1) }]));
      const changes = await this.writer.change([...plans.keys()], (known, id) => {
        const plan = plans.get(id);
        if (!plan) return known;
        return known ? listedAgain(plan.article, known, now) : newRecord(plan.article, plan.number, now, isKept);
      });
      const made = new Map(changes.map((change) => [change.id, change]));
      for (const { id } of round) count(report, id, made.get(id));
    }
    return report;
  }

  /** Eventually consistent: a source is polled by one at a time, and an article that was stored a moment ago is met again by its id. */
  async find(keys: readonly string[]): Promise<KnownArticles> {
    const [direct, aliases] = await Promise.all([this.table.getAll(keys.map(articleKey)), this.table.getAll(keys.map(aliasKey))]);
    const articles = new Map(direct.map((item) => [String(item['id']), articleOf(item)]));
    const targets = new Map(aliases.map((item) => [String(item['pk']).slice(2), String(item['id'])]));
    const further = [...new Set(targets.values())].filter((id) => !articles.has(id));
    for (const item of await this.table.getAll(further.map(articleKey))) articles.set(String(item['id']), articleOf(item));
    return new Map(keys.flatMap((key) => {
      const article = articles.get(targets.get(key) ?? key) ?? articles.get(key);
      return article ? [[key, knownOf(article)] as const] : [];
    }));
  }

  async listing(sourceId: string): Promise<ReadonlySet<string>> {
    const item = await this.table.get(listingKey(sourceId));
    return new Set(typeof item?.['prints'] === 'string' && item['prints'] !== '' ? item['prints'].split(' ') : []);
  }

  async keepListing(sourceId: string, prints: readonly string[], now: number): Promise<void> {
    await this.table.writeAll([{ ...listingKey(sourceId), prints: prints.slice(0, MOST_PRINTS).join(' '), ttl: timeToLive(now + RETENTION) }]);
  }

  async firstSeen(sourceId: string, ids: readonly string[], now: number): Promise<ReadonlyMap<string, number>> {
    const keys = [...new Set(ids)].map((id) => sightingKey(sourceId, id));
    const known = new Map((await this.table.getAll(keys, { consistent: true })).map((item) => [String(item['sk']), item]));
    const seen = keys.map((key) => {
      const before = known.get(key.sk);
      const [firstSeen, lastSeen] = [Number(before?.['firstSeen'] ?? now), Number(before?.['lastSeen'] ?? -Infinity)];
      return { key, firstSeen: lastSeen > now - RETENTION ? firstSeen : now, isRecent: lastSeen > now - SEEN_PRECISION };
    });
    const written = seen.filter(({ isRecent }) => !isRecent);
    await this.table.writeAll(written.map(({ key, firstSeen }) => ({ ...key, firstSeen, lastSeen: now, ttl: timeToLive(now + RETENTION) })));
    return new Map(seen.map(({ key, firstSeen }) => [key.sk, firstSeen]));
  }

  async markObserved(sourceId: string, now: number): Promise<void> {
    const hour = hourOf(now);
    for (const id of ['', sourceId]) await this.observe(id, hour);
  }

  /** DynamoDB's time to live removes what has expired too, within days and free of charge; this is for a table without it, as it costs what writing did. */
  async removeExpired(now: number): Promise<number> {
    const newest = timeText((lastExpiredHour(now) + 1) * HOUR - 1);
    let removed = 0;
    for (;;) {
      const chunk = await this.table.first({ index: 'list', partition: ALL_LIST, to: `${newest}~` }, EXPIRY_CHUNK);
      const changes = await this.writer.change(chunk.map((item) => String(item['id'])), (article) => (article && expiresAt(article) <= now ? undefined : article));
      removed += changes.length;
      if (changes.length === 0) return removed;
    }
  }

  /** Numbers for this many articles, in the order of storing over all writers; some may stay unused. The last one before them. */
  private async reserveNumbers(count: number): Promise<number> {
    const counter = await this.table.update(counterKey, 'ADD #last :count', { names: { '#last': 'last' }, values: { ':count': count } });
    return Number(counter?.['last']) - count;
  }

  private async observe(sourceId: string, hour: number): Promise<void> {
    const day = dayOfHour(hour);
    const key = { pk: observedPartition(sourceId), sk: dayText(day) };
    await decideAndWrite(this.table, async () => {
      const item = await this.table.get(key, { consistent: true });
      if ((item?.['hours'] as Set<number> | undefined)?.has(hour)) return { answer: undefined };
      return {
        answer: undefined,
        actions: [{
          Update: {
            TableName: this.table.name, Key: key, UpdateExpression: 'SET #ttl = :ttl ADD hours :hour', ExpressionAttributeNames: { '#ttl': 'ttl' },
            ExpressionAttributeValues: { ':ttl': timeToLive(expiryOf(day * 24 + 23)), ':hour': new Set([hour]) },
          },
        }],
      };
    });
  }
}

/** The articles in rounds in which each id occurs once, the first of each first. */
function rounds(articles: readonly Article[]): Article[][] {
  const found: Article[][] = [];
  const times = new Map<string, number>();
  for (const article of articles) {
    const round = times.get(article.id) ?? 0;
    times.set(article.id, round + 1);
    (found[round] ??= []).push(article);
  }
  return found;
}

function newRecord(article: Article, number: number, now: number, isKept: (topic: TopicVersion) => boolean): ArticleRecord {
  const { sourceIds, topics, status, keys, isMoved: _isMoved, ...fields } = article;
  return {
    ...untouched, ...fields, keys: [...new Set(keys)], ...status, number, storedAt: now,
    sources: [...new Set(sourceIds)].map((sourceId) => ({ sourceId })),
    topics: topics.filter(isKept).map(({ topicId, version }) => ({ topicId, version })).sort(byTopic),
  };
}

function listedAgain(article: Article, known: ArticleRecord, now: number): ArticleRecord {
  if (expiresAt(known) <= now) return known;
  const { listed, url, keys } = relisted(article, { ...known, keys: known.keys ?? [] });
  const before = new Map(known.sources.map((source) => [source.sourceId, source]));
  const after = new Map(before);
  for (const sourceId of article.sourceIds) after.set(sourceId, { sourceId, ...(listed !== undefined && { listed }) });
  const isNews = article.sourceIds.some((sourceId) => !before.has(sourceId) || before.get(sourceId)?.listed !== listed);
  if (!isNews && url === undefined && keys.length === 0) return known;
  const isChanged = url !== undefined || (listed !== undefined && article.sourceIds.some((sourceId) => before.get(sourceId)?.listed !== listed));
  return {
    ...known, ...(url !== undefined && { url }), ...(keys.length > 0 && { keys: [...(known.keys ?? []), ...keys] }), sources: [...after.values()], changes: known.changes + Number(isChanged),
  };
}

const knownOf = ({ id, url, title, publishedAt, keys = [], sources }: ArticleRecord): KnownArticle => ({ id, url, title, publishedAt, keys, sourceIds: sources.map(({ sourceId }) => sourceId) });

function count(report: { pending: string[]; skipped: number; linked: number; changed: number; known: number }, id: string, change: { before?: ArticleRecord | undefined; after?: ArticleRecord | undefined } | undefined): void {
  const { before, after } = change ?? {};
  if (!before && after?.state === 'pending') report.pending.push(id);
  else if (!before && after) report.skipped += 1;
  else {
    const linked = before && after && after.sources.length > before.sources.length;
    const changed = before && after && after.changes > before.changes;
    report.linked += Number(Boolean(linked));
    report.changed += Number(Boolean(changed));
    report.known += Number(!linked && !changed);
  }
}

const byTopic = (one: TopicVersion, other: TopicVersion): number =>
  one.topicId === other.topicId ? one.version - other.version : one.topicId < other.topicId ? -1 : 1;
