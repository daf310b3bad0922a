import { expectedRollups, sentimentWith } from '@barometer/events/testing';
import { articleIdOf, HOUR } from '@barometer/kernel';
import { ArticleWriter, type DocumentClient } from '@barometer/storage-dynamodb';
import { DynamoDbProbe, freshTable, type FreshTable } from '@barometer/storage-dynamodb/testing';
import { DynamoDbScoreStore } from './index';

jest.setTimeout(120_000);

const NOW = Date.UTC(2026, 0, 15, 10, 20);
const id = articleIdOf('everywhere');
const score = { articleId: id, sentiment: sentimentWith(0.8) };

/** 1 + 9 + 19 + 171 scopes: twice what one transaction holds. */
const article = {
  id,
  publishedAt: NOW,
  sourceIds: Array.from({ length: 9 }, (_, index) => `s${index}`),
  topics: Array.from({ length: 19 }, (_, index) => ({ topicId: `t${index + 10}`, version: 1 })),
};

describe('an article that counts into more scopes than a transaction holds', () => {
  let fresh: FreshTable;
  let probe: DynamoDbProbe;
  beforeEach(async () => {
    fresh = await freshTable();
    probe = new DynamoDbProbe(fresh.table, fresh.client);
    await probe.addArticle(article);
    await probe.addArticle({ ...article, id: articleIdOf('plain'), topics: [] });
  });
  afterEach(() => fresh.close());

  const expectInvariant = async () => expect(await probe.rollups()).toEqual(expectedRollups(await probe.articles()));

  it('is counted in all of them, reported once, replaced and removed', async () => {
    const store = new DynamoDbScoreStore(fresh.table);
    expect(await store.apply([score, { ...score, articleId: articleIdOf('plain') }], NOW)).toHaveLength(2);
    expect(await probe.rollups()).toHaveLength(200);
    await expectInvariant();
    expect(await store.replace([{ articleId: id, expected: score.sentiment, next: sentimentWith(-0.4) }], NOW + HOUR)).toEqual(new Set([id]));
    await expectInvariant();
    expect(await store.judge(id, { label: 'positive', at: NOW })).toBe('judged');
    await expectInvariant();
    expect(await store.takeBack(id, NOW)).toBe('taken-back');
    await expectInvariant();
    expect((await probe.articles()).find((one) => one.id === id)).toMatchObject({ sentiment: sentimentWith(-0.4) });
    expect(await new ArticleWriter(fresh.table).change([id], () => undefined)).toMatchObject([{ id, after: undefined }]);
    expect(await probe.rollups()).toHaveLength(10);
    await expectInvariant();
  });

  it('is counted completely by the next tick when the process ended in between', async () => {
    let transactions = 0;
    const dying: DocumentClient = {
      send: (async (command: { constructor: { name: string } }) => {
        if (command.constructor.name === 'TransactWriteCommand' && (transactions += 1) > 1) throw new Error('killed');
        return (fresh.client.send as unknown as (one: unknown) => Promise<unknown>)(command);
      }) as unknown as DocumentClient['send'],
    };
    await expect(new DynamoDbScoreStore(fresh.through(dying)).apply([score], NOW)).rejects.toThrow('killed');
    expect((await probe.rollups()).length).toBeLessThan(200);
    // A scorer finishes it too, where no tick runs.
    await new DynamoDbScoreStore(fresh.table).lease({ now: NOW, limit: 1, leaseMs: HOUR, maxReceives: 5 });
    expect(await probe.rollups()).toHaveLength(200);
    await expectInvariant();
    await new ArticleWriter(fresh.table).settle();
    await expectInvariant();
  });
});
