import { sentimentWith } from '@barometer/events/testing';
import { articleIdOf, MINUTE } from '@barometer/kernel';
import { documentClient } from '@barometer/storage-dynamodb';
import { DynamoDbProbe, freshTable, localClient, PricedClient } from '@barometer/storage-dynamodb/testing';
import { DynamoDbScoreStore } from './index';

jest.setTimeout(120_000);

const NOW = Date.UTC(2026, 0, 15, 10, 20);
const id = articleIdOf('judged');
const total = (counts: Readonly<Record<string, number>>): number => Object.values(counts).reduce((sum, count) => sum + count, 0);

/** The cost of a judgement, of repeating it and of taking it back, with so many other articles in the table. */
async function unitsWith(others: number) {
  const fresh = await freshTable();
  try {
    const probe = new DynamoDbProbe(fresh.table, fresh.client);
    const topics = ['gas', 'water'].map((topicId) => ({ topicId, version: 1 }));
    await probe.addArticle({ id, title: 'Ferry sinks off Zanzibar, at least 40 drown', summary: 'x'.repeat(300), publishedAt: NOW, sourceIds: ['a'], topics });
    for (let index = 0; index < others; index += 1)
      await probe.addArticle({ id: articleIdOf(`other ${index}`), publishedAt: NOW + index * MINUTE, sourceIds: ['a'], topics });
    const scored = [id, ...Array.from({ length: others }, (_, index) => articleIdOf(`other ${index}`))];
    for (const one of scored) await probe.score(one, sentimentWith(0.8));
    const priced = new PricedClient(documentClient(localClient()));
    const store = new DynamoDbScoreStore(fresh.through(priced));
    const costOf = async (work: () => Promise<unknown>) => {
      await work();
      const { readUnits, requests, writes } = priced.take();
      return { readUnits, requests, writeUnits: total(writes.items) + total(writes.indexes) };
    };
    return {
      judged: await costOf(() => store.judge(id, { label: 'negative', at: NOW })),
      again: await costOf(() => store.judge(id, { label: 'negative', at: NOW + 1 })),
      takenBack: await costOf(() => store.takeBack(id, NOW)),
    };
  } finally {
    await fresh.close();
  }
}

it.each([0, 60])('a judgement costs one read and one transaction with %i other articles in the table', async (others) => {
  const { judged, again, takenBack } = await unitsWith(others);
  expect([judged, again, takenBack].map(({ requests, readUnits }) => [requests, readUnits])).toEqual([
    [2, 1],
    [1, 1],
    [2, 1],
  ]);
  expect(again.writeUnits).toBe(0);
  // One unit more if the hot counter's shard is new in the directory of its day.
  for (const { writeUnits } of [judged, takenBack]) expect([30, 31]).toContain(writeUnits);
});
