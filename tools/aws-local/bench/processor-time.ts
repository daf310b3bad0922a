// npm run bench:processor: the processor time of polling, storing and scoring, on DynamoDB Local, which is a separate process.
import { cpus, loadavg } from 'node:os';
import { CreateTableCommand, DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { GatherHints, PollSources, type ScoringQueue, type Source } from '@barometer/ingestion';
import { DynamoDbArticleStore, DynamoDbSourceStore, DynamoDbTopicCatalog } from '@barometer/ingestion-dynamodb';
import { detectLanguage, FeedsmithFeedReader } from '@barometer/ingestion-http';
import { HOUR, MINUTE, ok, systemClock } from '@barometer/kernel';
import { LocalParts } from '@barometer/lambda-runtime';
import { ScoreDeliveries } from '@barometer/sentiment';
import { DynamoDbScoreStore } from '@barometer/sentiment-dynamodb';
import { KeywordClassifier } from '@barometer/sentiment-memory';
import { createTableInput, documentClient, DynamoDbTable } from '@barometer/storage-dynamodb';

const TABLE = 'processor-time';
const NEW = 20;
const LISTED = 60;
const POLLS = 40;
const BATCH = 32;
const SOURCES = 10_000;
const WARM_UP = 8;

export async function main(): Promise<void> {
  const parts = new LocalParts();
  const client = new DynamoDBClient({ endpoint: await parts.dynamoDb(), region: 'local', credentials: { accessKeyId: 'local', secretAccessKey: 'local' } });
  try {
    await client.send(new CreateTableCommand(createTableInput(TABLE)));
    const figures = await measure(new DynamoDbTable(documentClient(client), TABLE));
    const [load = 0] = loadavg();
    console.log(
      `On ${cpus().length} cores (${cpus()[0]?.model.trim()}) with Node ${process.versions.node}; load average ${load.toFixed(1)} at the end.\n\n| processor time | ms | |\n|---|---|---|`,
    );
    for (const [what, ms, note] of figures) console.log(`| ${what} | ${ms.toFixed(2)} | ${note} |`);
  } finally {
    client.destroy();
    await parts.close();
  }
}

type Figure = readonly [what: string, ms: number, note: string];

async function measure(table: DynamoDbTable): Promise<Figure[]> {
  const [sources, articles, topics] = [new DynamoDbSourceStore(table), new DynamoDbArticleStore(table), new DynamoDbTopicCatalog(table)];
  const waiting: string[] = [];
  const queue: ScoringQueue = { send: async (events) => void waiting.push(...events.map(({ articleId }) => articleId)) };
  const feeds = new Feeds();
  const poll = new PollSources({
    sources,
    articles,
    topics,
    queue: new GatherHints({ queue, clock: systemClock }),
    clock: systemClock,
    fetcher: feeds,
    reader: new FeedsmithFeedReader(),
    detectLanguage,
  });
  const score = new ScoreDeliveries({ classifier: new KeywordClassifier(), store: new DynamoDbScoreStore(table), clock: systemClock });
  const round = async (fresh: number) => {
    feeds.fresh = fresh;
    for (let number = 0; number < POLLS; number += 1) await sources.makeDue(`source-${number}`, systemClock.now());
    return processorMs(async () => void (await poll.execute({ concurrency: 8 })));
  };
  const scoring = async () => {
    const all = waiting.splice(0);
    const ms = await processorMs(async () => {
      for (let start = 0; start < all.length; start += BATCH)
        await score.execute(all.slice(start, start + BATCH).map((articleId) => ({ articleId, receives: 1 })));
    });
    return ms / all.length;
  };
  await sources.addAll(Array.from({ length: POLLS }, (_, number) => sourceOf(number)));
  for (let warm = 0; warm < WARM_UP; warm += 1) await round(1);
  await scoring();
  const [idle, full, scored] = [await round(0), await round(NEW), await scoring()];
  await sources.addAll(Array.from({ length: SOURCES - POLLS }, (_, index) => sourceOf(POLLS + index)));
  const looks = 5;
  const look = await processorMs(async () => {
    for (let number = 0; number < looks; number += 1) await sources.list();
  });
  return [
    ['a poll that finds nothing new', idle / POLLS, `a feed of ${LISTED} items`],
    ['an article that is stored', (full - idle) / POLLS / NEW, `${NEW} new ones a poll`],
    ['an article that is scored, without the model', scored, `${BATCH} a batch`],
    ['a look at 10,000 sources', look / looks, 'once in five seconds of polling'],
  ];
}

async function processorMs(work: () => Promise<void>): Promise<number> {
  const before = process.cpuUsage();
  await work();
  const { user, system } = process.cpuUsage(before);
  return (user + system) / 1_000;
}

const sourceOf = (number: number): Source => ({
  id: `source-${number}`,
  kind: 'feed',
  name: `The Daily Paper of District ${number}`,
  homepage: `https://source-${number}.example/news/`,
  intervalMinutes: 60,
  language: 'en',
  groups: ['World'],
  paused: false,
  url: `https://source-${number}.example/feeds/news/rss.xml`,
  addedAt: 0,
  health: {
    status: 'ok',
    failures: 0,
    nextPollAt: systemClock.now() + HOUR,
    lastPolledAt: systemClock.now(),
    lastSuccessAt: systemClock.now(),
    httpStatus: 200,
    polls: 900,
    articles: 1_200,
    bytesSaved: 123_456,
    lastBytes: 34_567,
    etag: '"5f8e0a1b2c3d4e5f6a7b"',
    lastModified: 'Thu, 15 Jan 2026 12:00:00 GMT',
  },
});

/** Answers each address with a feed that begins with this many new items. */
class Feeds {
  fresh = 0;
  private readonly listed = new Map<string, string[]>();
  private number = 0;

  async fetch({ url }: { readonly url: string }) {
    const before = this.listed.get(url) ?? Array.from({ length: LISTED }, () => this.item(url));
    const items = [...Array.from({ length: this.fresh }, () => this.item(url)), ...before].slice(0, LISTED);
    this.listed.set(url, items);
    const body = new TextEncoder().encode(`<rss version="2.0"><channel><title>News</title><language>en</language>${items.join('')}</channel></rss>`);
    return ok({ kind: 'document' as const, body, url, contentType: 'application/rss+xml', httpStatus: 200 });
  }

  private item(url: string): string {
    this.number += 1;
    const words = ['storm', 'council', 'rescue', 'market', 'victory', 'strike', 'vaccine', 'bridge', 'festival', 'inquiry', 'harvest', 'verdict'];
    const title = Array.from(
      { length: 8 },
      (_, index) => `${words[(this.number * (index + 3)) % words.length]}${(this.number * 7919 * (index + 1)) % 997}`,
    ).join(' ');
    const date = new Date(systemClock.now() - (this.number % 20) * MINUTE).toUTCString();
    return `<item><title>${title}</title><link>${new URL(`/news/${this.number}`, url).href}</link><guid>${url}#${this.number}</guid><description>${`${title}. `.repeat(3)}</description><pubDate>${date}</pubDate></item>`;
  }
}
