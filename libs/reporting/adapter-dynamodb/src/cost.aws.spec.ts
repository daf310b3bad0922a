import { writeFileSync } from 'node:fs';
import { articleIdOf, DAY, HOUR, ManualClock, MINUTE } from '@barometer/kernel';
import { NOW, sentimentOf } from '@barometer/reporting/testing';
import {
  articleItem, changeTopic, DayCounters, dayText, documentClient, inTurns, observedPartition, rowsOf, untouched, watermarkKey, type ArticleRecord, type Item,
} from '@barometer/storage-dynamodb';
import { freshTable, localClient, MeteredClient, type FreshTable } from '@barometer/storage-dynamodb/testing';
import { DynamoDbReportStore } from './index';

jest.setTimeout(600_000);

// Few enough that a thousand articles touch every hour's counters, as twenty thousand do.
const DAYS = 2;
const SOURCES = 20;
const topics = [{ topicId: 'gas', version: 1 }, { topicId: 'war', version: 1 }];
const day = { from: NOW - DAY, to: NOW };
const days = { from: NOW - DAYS * DAY, to: NOW };

/** The article of this number of `count` that are spread evenly over the days: all as long as each other. */
function article(number: number, count: number): ArticleRecord {
  const text = (length: number) => `Prices of gas and water ${String(number).padStart(6, '0')} `.padEnd(length, 'rise and fall ').slice(0, length);
  const isScored = number % 50 !== 0;
  return {
    ...untouched, id: articleIdOf(`${number}`), number: 100_000 + number, rev: 2, url: `https://example.org/${articleIdOf(`${number}`)}`, title: text(90), summary: text(300),
    language: 'en', publishedAt: NOW - MINUTE - Math.floor((number / count) * (DAYS * DAY - HOUR)), dated: true, fetchedAt: NOW, storedAt: NOW,
    state: isScored ? 'scored' : 'skipped', sources: [{ sourceId: `source-${10 + (number % SOURCES)}` }], topics: topics.slice(number % 2, (number % 2) + 1),
    ...(isScored ? { sentiment: sentimentOf(((number % 19) - 9) / 10), scoredAt: NOW } : { reason: 'language' }),
  };
}

/** Writes the items that the stores would, without their transactions. */
async function fill(fresh: FreshTable, count: number): Promise<void> {
  const articles = Array.from({ length: count }, (_, index) => article(index, count));
  const chunks = Array.from({ length: Math.ceil(articles.length / 100) }, (_, index) => articles.slice(index * 100, (index + 1) * 100));
  await inTurns(chunks, 4, (chunk) => fresh.table.writeAll(chunk.flatMap((one): Item[] => [articleItem(one), ...rowsOf(one)])));
  for (const shard of [0, 1, 2, 3]) {
    const counters = new DayCounters();
    for (const one of articles) if (one.number % 4 === shard) counters.add(one, 1);
    await inTurns(counters.actions(fresh.table.name, shard), 8, async ({ Update }) => {
      await fresh.table.update(Update?.Key as { pk: string; sk: string }, Update?.UpdateExpression ?? '', {
        ...(Update?.ExpressionAttributeNames && { names: Update.ExpressionAttributeNames }), values: Update?.ExpressionAttributeValues as Item,
      });
    });
    await fresh.table.put({ ...watermarkKey(shard), n: 123_456 });
  }
  for (const { topicId } of topics) {
    await changeTopic(fresh.table, topicId, () => ({
      id: topicId, rev: 0, name: topicId, version: 1, readyVersion: 1, createdAt: 1, changedAt: 1, versions: { 1: { rule: { anyOf: ['gas'], allOf: [], noneOf: [] } } },
    }));
  }
  for (let back = 0; back <= DAYS; back += 1) await fresh.table.put({ pk: observedPartition(''), sk: dayText(Math.floor(NOW / DAY) - back), hours: new Set([1]) });
}

const pages: [string, (store: DynamoDbReportStore) => Promise<unknown>][] = [
  ['watermark', (store) => store.watermark()],
  ['mood of a day', (store) => store.hours({}, day)],
  ['mood of a topic in a source, two days', (store) => store.hours({ topicId: 'gas', sourceId: 'source-12' }, days)],
  ['timeline of two days', (store) => store.hours({}, days)],
  ['observed hours of two days', (store) => store.observedHours(undefined, days)],
  ['model changes of two days', (store) => store.modelChanges(days)],
  ['breakdown by topic, two days', (store) => store.hoursBy('topic', {}, days)],
  ['breakdown by source, a day', (store) => store.hoursBy('source', {}, day)],
  ['breakdown by source within a topic, a day', (store) => store.hoursBy('source', { topicId: 'gas' }, day)],
  ['status', (store) => store.status()],
  ['50 newest', (store) => store.articles({ limit: 50 })],
  ['20 newest of a source', (store) => store.articles({ limit: 20, sourceId: 'source-12' })],
  ['50 newest of a topic', (store) => store.articles({ limit: 50, topicId: 'gas' })],
  ['a label that never occurs', (store) => store.articles({ limit: 50, state: 'failed' })],
  ['a word that never occurs', (store) => store.articles({ limit: 50, search: 'zeppelin' })],
  ['a word that never occurs, in a topic', (store) => store.articles({ limit: 50, search: 'zeppelin', topicId: 'gas' })],
  ['a topic in a source that it never meets', (store) => store.articles({ limit: 50, topicId: 'gas', sourceId: 'source-11' })],
  ['most decided of two days', (store) => store.strongest({}, days)],
  ['most decided of a topic', (store) => store.strongest({ topicId: 'gas' }, days)],
  ['one article', (store) => store.article(articleIdOf('0'))],
];

/** What each page costs with this many articles in the table. */
async function costs(count: number) {
  const fresh = await freshTable();
  try {
    await fill(fresh, count);
    const metered = new MeteredClient(documentClient(localClient()));
    const store = new DynamoDbReportStore(fresh.through(metered), new ManualClock(NOW));
    const rows: { page: string; requests: number; readUnits: number; scanned: number; commands: string[] }[] = [];
    for (const [page, read] of pages) {
      await read(store);
      rows.push({ page, ...metered.take() });
    }
    return rows;
  } finally {
    await fresh.close();
  }
}

describe('what a page costs', () => {
  it('is the same with 1,000 and with 20,000 articles, and is made of gets and queries', async () => {
    const [few, many] = [await costs(1_000), await costs(20_000)];
    const table = few.map((row, index) => ({ page: row.page, requests: row.requests, few: row.readUnits, many: many[index]?.readUnits, scanned: many[index]?.scanned }));
    const file = process.env['COST_REPORT'];
    if (file !== undefined) writeFileSync(file, JSON.stringify(table, undefined, 1));
    for (const [index, row] of few.entries()) {
      const other = many[index];
      expect(other).toMatchObject({ page: row.page, requests: row.requests, scanned: row.scanned });
      // The digits of larger counts make roll-ups a little longer; nothing else may differ.
      expect(Math.abs((other?.readUnits ?? 0) - row.readUnits)).toBeLessThanOrEqual(Math.max(0.5, row.readUnits * 0.1));
      expect(['GetCommand', 'QueryCommand']).toEqual(expect.arrayContaining(row.commands));
      expect(['GetCommand', 'QueryCommand']).toEqual(expect.arrayContaining(other?.commands ?? []));
    }
  });
});
