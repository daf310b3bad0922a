import type { Article, Source } from '@barometer/ingestion';
import { DynamoDbArticleStore, DynamoDbSourceStore } from '@barometer/ingestion-dynamodb';
import { articleIdOf, DAY, HOUR, MINUTE } from '@barometer/kernel';
import { DynamoDbScoreStore } from '@barometer/sentiment-dynamodb';
import { changeTopic, DynamoDbTable, tableDefinition } from '@barometer/storage-dynamodb';
import { CountingClient, type PartitionUnits } from './counting-client';
import { Random } from './random';

/** Units of a partition key for storing one article and for scoring one, and the share of its most written item. */
export interface KeyHeat {
  readonly partition: string;
  readonly stored: number;
  readonly scored: number;
  readonly hottestItemShare: number;
}

/** The stores' requests to the table, by partition key. */
export interface WritePattern {
  /** The hottest keys, most written first. */
  readonly keys: readonly KeyHeat[];
  /** Write units of a poll on the one partition of all sources, and read units of reading all of them. */
  readonly sources: { readonly writesAPoll: number; readonly readsALook: number };
  /** Write units of an article over its life, on all keys together. */
  readonly writesAnArticle: number;
  /** The part of these on the table without its indexes, which have limits of their own. */
  readonly tableWritesAnArticle: number;
}

export interface PatternOptions {
  readonly sources: number;
  /** Articles per poll, and per batch of the scorer. */
  readonly articlesAPoll: number;
  readonly articlesABatch: number;
  readonly seed: number;
  /** Number of articles to store and score for the measurement; 1,500 by default. */
  readonly sample?: number;
}

const NOW = Date.UTC(2026, 0, 15, 14, 20);
/** Eight topics with the share of the articles in each: one and a half topics an article, as in the cost test. */
const topicShares = [0.4, 0.3, 0.25, 0.2, 0.15, 0.1, 0.07, 0.03];
/** One article in eight repeats an earlier headline, as in the cost test. */
const RETOLD = 1 / 8;
const HOTTEST = 14;
const POLLS_TRIED = 8;
const WORDS = 4_000;
/** The most articles to add to each hour of the day beforehand: fewer for a small sample. */
const HOURLY = 40;

/**
 * Stores and scores articles through the product's own stores, on a table that counts units by partition key. The last
 * hours of the day represent all others: the counters then contain every hour of the day, and are largest.
 */
export async function measureWritePattern({ sources, articlesAPoll, articlesABatch, seed, sample = 1_500 }: PatternOptions): Promise<WritePattern> {
  const random = new Random(seed);
  const client = new CountingClient();
  const table = new DynamoDbTable(client, 'simulation');
  const [articles, scores] = [new DynamoDbArticleStore(table), new DynamoDbScoreStore(table)];
  const topics = topicShares.map((share, index) => ({ share, topicId: `topic-${index}`, version: 1 }));
  for (const { topicId: id } of topics)
    await changeTopic(
      table,
      id,
      () =>
        ({
          id,
          rev: 0,
          name: id,
          version: 1,
          readyVersion: 1,
          createdAt: NOW - DAY,
          changedAt: NOW - DAY,
          versions: { 1: { rule: { anyOf: [id], noneOf: [] } } },
        }) as never,
    );
  const weights = sourceWeights(sources, random);
  const news = new Headlines(random);
  const store = async (count: number, publishedAt: () => number) => {
    const ids: string[] = [];
    while (ids.length < count) {
      const sourceId = `source-${weights.draw()}`;
      const batch = Array.from({ length: Math.max(1, Math.round(articlesAPoll)) }, () =>
        articleOf(
          news.next(),
          sourceId,
          publishedAt(),
          topics.filter(({ share }) => random.next() < share),
        ),
      );
      await articles.addAll(batch, NOW);
      ids.push(...batch.map(({ id }) => id));
    }
    return ids;
  };
  const score = async (ids: readonly string[]) => {
    const mixed = [...ids].sort(() => random.next() - 0.5);
    for (let start = 0; start < mixed.length; start += articlesABatch)
      await scores.apply(
        mixed.slice(start, start + articlesABatch).map((articleId) => ({ articleId, sentiment: sentimentOf(random) })),
        NOW,
      );
  };
  // The counters must contain every hour of the day before the measurement begins.
  for (let hour = 0; hour < 24; hour += 1) await score(await store(Math.min(HOURLY, Math.ceil(sample / 20)), () => Date.UTC(2026, 0, 15, hour, 5)));
  client.take();
  const publishedAt = () => NOW - random.between(1, 25) * MINUTE;
  const ids = await store(sample, publishedAt);
  const stored = client.take();
  await score(ids);
  const scored = client.take();
  return {
    keys: hottest(stored, scored, ids.length),
    sources: await sourcesHeat(client, table, sources),
    writesAnArticle: writesOf(stored, scored) / ids.length,
    tableWritesAnArticle: writesOf([...stored, ...scored].filter(({ partition }) => !indexed.test(partition))) / ids.length,
  };
}

const writesOf = (...all: readonly (readonly PartitionUnits[])[]): number => all.flat().reduce((sum, { writes }) => sum + writes, 0);
const indexed = new RegExp(`^(${tableDefinition.indexes.map(({ name }) => name).join('|')}): `);

function hottest(stored: readonly PartitionUnits[], scored: readonly PartitionUnits[], articles: number): KeyHeat[] {
  const [before, after] = [stored, scored].map((all) => new Map(all.map((one) => [one.partition, one])));
  const names = [...new Set([...stored, ...scored].map(({ partition }) => partition))];
  const heats = names.map((partition) => {
    const [first, second] = [before?.get(partition), after?.get(partition)];
    const writes = (first?.writes ?? 0) + (second?.writes ?? 0);
    return {
      partition,
      stored: (first?.writes ?? 0) / articles,
      scored: (second?.writes ?? 0) / articles,
      hottestItemShare: Math.min(1, ((first?.hottestItem ?? 0) + (second?.hottestItem ?? 0)) / Math.max(1, writes)),
    };
  });
  return heats.sort((one, other) => other.stored + other.scored - one.stored - one.scored).slice(0, HOTTEST);
}

/** The writes of a poll, and the reads of all sources, on their one partition. */
async function sourcesHeat(client: CountingClient, table: DynamoDbTable, count: number): Promise<WritePattern['sources']> {
  const store = new DynamoDbSourceStore(table);
  await store.addAll(Array.from({ length: count }, (_, number) => sourceOf(number)));
  client.take();
  let writes = 0;
  for (let poll = 0; poll < POLLS_TRIED; poll += 1) {
    const [lease] = await store.leaseDue(NOW, 1, 3 * MINUTE);
    if (!lease) throw new Error('No source was due.');
    await store.complete(lease, { ...lease.source.health, nextPollAt: NOW + 15 * MINUTE });
    writes += client.take().find(({ partition }) => partition === 'SOURCES')?.writes ?? 0;
  }
  await store.list();
  return { writesAPoll: writes / POLLS_TRIED, readsALook: client.take().find(({ partition }) => partition === 'SOURCES')?.reads ?? 0 };
}

const sourceOf = (number: number): Source => ({
  id: `source-${number}`,
  kind: 'feed',
  name: `The Daily Paper of District ${number}`,
  homepage: `https://source-${number}.example/news/`,
  intervalMinutes: 15,
  language: 'en',
  groups: ['World'],
  paused: false,
  url: `https://source-${number}.example/feeds/news/rss.xml`,
  addedAt: NOW - DAY,
  health: {
    status: 'ok',
    failures: 0,
    nextPollAt: NOW - MINUTE,
    lastPolledAt: NOW - HOUR,
    lastSuccessAt: NOW - HOUR,
    httpStatus: 200,
    polls: 900,
    articles: 1_200,
    bytesSaved: 123_456,
    lastBytes: 34_567,
    etag: '"5f8e0a1b2c3d4e5f6a7b"',
    lastModified: 'Thu, 15 Jan 2026 12:00:00 GMT',
  },
});

function articleOf(title: string, sourceId: string, publishedAt: number, topics: Article['topics']): Article {
  const key = `${sourceId} ${title} ${publishedAt}`;
  const id = articleIdOf(`https://${sourceId}.example/${key}`);
  return {
    id,
    url: `https://${sourceId}.example/news/2026/01/15/${id}-a-title-in-the-address`,
    keys: [id, articleIdOf(`guid ${key}`), articleIdOf(`title ${key}`)],
    title,
    summary: `${title}. `.repeat(3),
    sourceIds: [sourceId],
    language: 'en',
    topics: topics.map(({ topicId, version }) => ({ topicId, version })),
    publishedAt,
    dated: true,
    fetchedAt: NOW,
    status: { state: 'pending' },
  };
}

function sentimentOf(random: Random) {
  const negative = random.between(0.1, 0.8);
  const positive = (1 - negative) * random.between(0.1, 0.9);
  const scores = { negative, positive, neutral: 1 - negative - positive };
  const label = (['negative', 'neutral', 'positive'] as const).reduce((best, one) => (scores[one] > scores[best] ? one : best));
  return {
    label,
    confidence: scores[label],
    scores,
    tone: Math.round((positive - negative) * 1e6) / 1e6,
    uncertain: scores[label] < 0.5,
    model: { id: 'barometer-distilbert-news', revision: '650e8ca1a956' },
  };
}

/** The source of an article: some feeds publish a hundred times as much as others (log-normal, deviation 1). */
function sourceWeights(count: number, random: Random): { draw(): number } {
  const sums: number[] = [];
  let total = 0;
  for (let index = 0; index < count; index += 1) sums.push((total += Math.exp(random.normal())));
  return {
    draw: () => {
      const wanted = random.next() * total;
      let [low, high] = [0, sums.length - 1];
      while (low < high) {
        const middle = (low + high) >> 1;
        if ((sums[middle] as number) < wanted) low = middle + 1;
        else high = middle;
      }
      return low;
    },
  };
}

/** Headlines of nine invented words; some are repeated. */
class Headlines {
  private readonly told: string[] = [];

  constructor(private readonly random: Random) {}

  next(): string {
    if (this.told.length > 30 && this.random.next() < RETOLD) return this.random.one(this.told.slice(-60));
    const title = Array.from({ length: 9 }, () => `word${Math.floor(WORDS * this.random.next() ** 2).toString(36)}x`).join(' ');
    this.told.push(title);
    return title;
  }
}
