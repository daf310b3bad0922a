import {
  addArticles,
  knownArticle,
  type AddReport,
  type Article,
  type ArticleStore,
  type KnownArticles,
  type StoredChange,
  type Storing,
} from '@barometer/ingestion';
import { dayOfHour, expiryBound, expiryOf, hourOf, lastExpiredHour, HOUR, type Retention, type TopicVersion } from '@barometer/kernel';
import {
  aliasKey,
  ALL_LIST,
  articleKey,
  articleOf,
  ArticleWriter,
  counterKey,
  dayText,
  decideAndWrite,
  expiresAt,
  importedPartition,
  keptSince,
  listingKey,
  observedPartition,
  readTopics,
  reserveNumbers,
  sightingKey,
  timeText,
  timeToLive,
  untouched,
  type ArticleRecord,
  type DynamoDbTable,
} from '@barometer/storage-dynamodb';

/** Maximum prints in a source's listing: 220 KB of the 400 KB that an item may have. */
const MOST_PRINTS = 20_000;
/** Expired articles per query. */
const EXPIRY_CHUNK = 200;
/** The time at which an item was last listed is updated at most this often; otherwise every poll would write every undated item. */
const SEEN_PRECISION = 6 * HOUR;

/** The articles in the DynamoDB store. An article and its entries in every list and in the pending index are one transaction. */
export class DynamoDbArticleStore implements ArticleStore {
  private readonly writer: ArticleWriter;

  readonly retention: Retention;

  constructor(private readonly table: DynamoDbTable) {
    this.writer = new ArticleWriter(table);
    this.retention = table.retention;
  }

  addAll(articles: readonly Article[], now: number): Promise<AddReport> {
    return addArticles((ids, storing) => this.change(ids, storing, now), articles, { now, retention: this.retention });
  }

  private async change(ids: readonly string[], { begin, again }: Storing, now: number): Promise<readonly StoredChange[]> {
    const versions = new Set((await readTopics(this.table)).flatMap(({ id, versions }) => Object.keys(versions).map((version) => `${version} ${id}`)));
    const isThere = ({ topicId, version }: TopicVersion) => versions.has(`${version} ${topicId}`);
    const last = await reserveNumbers(this.table, ids.length, now);
    const numbers = new Map(ids.map((id, index) => [id, last + 1 + index]));
    const changes = await this.writer.change(ids, (known, id) =>
      known ? again(known) : begin && { ...untouched, ...begin(id, isThere), number: numbers.get(id) ?? 0 },
    );
    return changes.flatMap(({ before, after }) => (after ? [{ before, after }] : []));
  }

  /** Eventually consistent: a source has only one poll at a time, and an article stored a moment ago is found by its id when it is written. */
  async find(keys: readonly string[]): Promise<KnownArticles> {
    const [direct, aliases] = await Promise.all([this.table.getAll(keys.map(articleKey)), this.table.getAll(keys.map(aliasKey))]);
    const articles = new Map(direct.map((item) => [String(item['id']), articleOf(item)]));
    const targets = new Map(aliases.map((item) => [String(item['pk']).slice(2), String(item['id'])]));
    const further = [...new Set(targets.values())].filter((id) => !articles.has(id));
    for (const item of await this.table.getAll(further.map(articleKey))) articles.set(String(item['id']), articleOf(item));
    return new Map(
      keys.flatMap((key) => {
        const article = articles.get(targets.get(key) ?? key) ?? articles.get(key);
        return article ? [[key, knownArticle(article)] as const] : [];
      }),
    );
  }

  async listing(sourceId: string): Promise<ReadonlySet<string>> {
    const item = await this.table.get(listingKey(sourceId));
    return new Set(typeof item?.['prints'] === 'string' && item['prints'] !== '' ? item['prints'].split(' ') : []);
  }

  async keepListing(sourceId: string, prints: readonly string[], now: number): Promise<void> {
    await this.table.writeAll([{ ...listingKey(sourceId), prints: prints.slice(0, MOST_PRINTS).join(' '), ttl: timeToLive(now + this.retention.articles) }]);
  }

  async firstSeen(sourceId: string, ids: readonly string[], now: number): Promise<ReadonlyMap<string, number>> {
    const keys = [...new Set(ids)].map((id) => sightingKey(sourceId, id));
    const known = new Map((await this.table.getAll(keys, { consistent: true })).map((item) => [String(item['sk']), item]));
    const seen = keys.map((key) => {
      const before = known.get(key.sk);
      const [firstSeen, lastSeen] = [Number(before?.['firstSeen'] ?? now), Number(before?.['lastSeen'] ?? -Infinity)];
      return { key, firstSeen: lastSeen > now - this.retention.articles ? firstSeen : now, isRecent: lastSeen > now - SEEN_PRECISION };
    });
    const written = seen.filter(({ isRecent }) => !isRecent);
    await this.table.writeAll(written.map(({ key, firstSeen }) => ({ ...key, firstSeen, lastSeen: now, ttl: timeToLive(now + this.retention.articles) })));
    return new Map(seen.map(({ key, firstSeen }) => [key.sk, firstSeen]));
  }

  async markObserved(sourceId: string, now: number): Promise<void> {
    const hour = hourOf(now);
    for (const id of ['', sourceId]) await this.mark(observedPartition(id), [hour]);
  }

  async markImported(hours: ReadonlyMap<string, readonly number[]>): Promise<void> {
    await this.markAll(importedPartition, hours);
  }

  async copyObserved(hours: ReadonlyMap<string, readonly number[]>): Promise<void> {
    await this.markAll(observedPartition, hours);
  }

  private async markAll(partition: (id: string) => string, hours: ReadonlyMap<string, readonly number[]>): Promise<void> {
    const all = new Map([...hours, ['', [...new Set([...hours.values()].flat())]] as const]);
    for (const [id, own] of all) for (const ofDay of Map.groupBy(own, dayOfHour).values()) await this.mark(partition(id), ofDay);
  }

  async importableFrom(now: number): Promise<number> {
    return keptSince(await this.table.get(counterKey, { consistent: true }), this.retention, now, { onlyOutlived: true });
  }

  /** For tables without DynamoDB's time to live, which removes expired items within days and free of charge; this costs as much as writing them. */
  async removeExpired(now: number): Promise<number> {
    const newest = timeText((lastExpiredHour(now, this.retention.articles) + 1) * HOUR - 1);
    const bound = expiryBound(now, this.retention);
    const isGone = (article: ArticleRecord) => expiresAt(article) <= bound;
    let removed = 0;
    for (;;) {
      const chunk = await this.table.first({ index: 'list', partition: ALL_LIST, to: `${newest}~` }, EXPIRY_CHUNK);
      const went = await this.removeThese(
        chunk.map((item) => String(item['id'])),
        isGone,
      );
      removed += went;
      if (went === 0) return removed;
    }
  }

  private async removeThese(ids: readonly string[], isGone: (article: ArticleRecord) => boolean): Promise<number> {
    if (this.retention.rollups > this.retention.articles) return this.writer.removeAlone(ids, isGone);
    return (await this.writer.change(ids, (article) => (article && isGone(article) ? undefined : article))).length;
  }

  /** Adds hours of one day to the marked hours of a partition. */
  private async mark(pk: string, hours: readonly number[]): Promise<void> {
    const day = dayOfHour(hours[0] ?? 0);
    const key = { pk, sk: dayText(day) };
    await decideAndWrite(this.table, async () => {
      const item = await this.table.get(key, { consistent: true });
      const missing = hours.filter((hour) => !(item?.['hours'] as Set<number> | undefined)?.has(hour));
      if (missing.length === 0) return { answer: undefined };
      return {
        answer: undefined,
        actions: [
          {
            Update: {
              TableName: this.table.name,
              Key: key,
              UpdateExpression: 'SET #ttl = :ttl ADD hours :hours',
              ExpressionAttributeNames: { '#ttl': 'ttl' },
              ExpressionAttributeValues: { ':ttl': timeToLive(expiryOf(day * 24 + 23, this.retention.rollups)), ':hours': new Set(missing) },
            },
          },
        ],
      };
    });
  }
}
