import { articleIdOf } from '@barometer/kernel';
import { NOW, sentimentOf } from '@barometer/reporting/testing';
import { hoursOf, sweepDrops, untouched, type ArticleRecord } from '@barometer/storage-dynamodb';
import { DynamoDbProbe, freshTable, writeCounters, writeInBulk } from '@barometer/storage-dynamodb/testing';
import { DynamoDbTopicStore } from './index';

jest.setTimeout(120_000);

const topic = { id: 'gas', name: 'Gas', version: 1, anyOf: ['gas'], allOf: [], noneOf: [], createdAt: NOW, changedAt: NOW };
const articles = Array.from(
  { length: 450 },
  (_, number): ArticleRecord => ({
    ...untouched,
    id: articleIdOf(`${number}`),
    number,
    url: '',
    title: '',
    summary: '',
    publishedAt: NOW + number,
    dated: true,
    fetchedAt: NOW,
    storedAt: NOW,
    state: 'scored',
    sentiment: sentimentOf(0.5),
    sources: [{ sourceId: 'wire' }],
    topics: [{ topicId: 'gas', version: 1 }],
  }),
);

it('adds a topic again before all data of the removed one are deleted, and shows none of them', async () => {
  const fresh = await freshTable();
  try {
    const [store, probe] = [new DynamoDbTopicStore(fresh.table), new DynamoDbProbe(fresh.table, fresh.client)];
    await store.add(topic);
    await writeInBulk(fresh.table, articles);
    await writeCounters(fresh.table, articles, [0]);
    const held = async () => (await probe.articles()).filter(({ topics }) => topics.length > 0).length;

    expect(await store.remove('gas')).toBe(true);
    expect(await held()).toBe(250);
    expect(await store.add(topic)).toBe(true);
    expect(await held()).toBe(50);
    expect(await store.find('gas')).toEqual({ ...topic, version: 2 });

    await sweepDrops(fresh.table);
    expect(await held()).toBe(0);
    const counted = Map.groupBy(await probe.scan(({ pk }) => String(pk).startsWith('R#t:gas')), ({ pk }) => String(pk));
    for (const [scope, items] of counted)
      expect([scope, hoursOf(items)]).toEqual([scope, [expect.objectContaining({ negative: 0, neutral: 0, positive: 0, toneSum: 0 })]]);
    expect([...counted.keys()]).toEqual(expect.arrayContaining(['R#t:gas@1', 'R#t:gas@1|s:wire']));
    expect(await store.find('gas')).toEqual({ ...topic, version: 2 });
  } finally {
    await fresh.close();
  }
});
