import { sentimentWith } from '@barometer/events/testing';
import { articleIdOf, dayOfHour, HOUR, hourOf } from '@barometer/kernel';
import { articleTtl, storyDirectory, storyKey, storySort, untouched, type DocumentClient } from '@barometer/storage-dynamodb';
import { DynamoDbProbe, freshTable, MeteredClient, type FreshTable } from '@barometer/storage-dynamodb/testing';
import { DynamoDbScoreStore } from './index';

jest.setTimeout(300_000);

const NOW = Date.UTC(2026, 0, 15, 10, 20);
const score = (name: string) => ({ articleId: articleIdOf(name), sentiment: sentimentWith(0.4) });

describe('stories in DynamoDB', () => {
  let fresh: FreshTable;
  let probe: DynamoDbProbe;
  let number = 0;
  beforeEach(async () => {
    fresh = await freshTable();
    probe = new DynamoDbProbe(fresh.table, fresh.client);
  });
  afterEach(() => fresh.close());

  const add = (articles: readonly (readonly [name: string, title: string])[]) =>
    probe.put(
      articles.map(([name, title]) => ({
        ...untouched,
        id: articleIdOf(name),
        number: (number += 1),
        url: '',
        title,
        summary: '',
        publishedAt: NOW,
        dated: true,
        fetchedAt: NOW,
        storedAt: NOW,
        state: 'pending' as const,
        sources: [{ sourceId: 'wire' }],
        topics: [],
      })),
    );
  const costOf = async (name: string) => {
    const client = new MeteredClient(fresh.client);
    await new DynamoDbScoreStore(fresh.through(client)).apply([score(name)], NOW + HOUR);
    const puts = client.requests.filter(({ command }) => command === 'PutCommand').length;
    return { puts, readUnits: client.take().readUnits };
  };

  it('costs no more where a word is hot: 7 read units and 7 small writes for an article, at most', async () => {
    const letters = 'bcdfgkmnprstvz';
    const unheard = (index: number) => `${letters[index % 14]}ux${letters[Math.floor(index / 14) % 14]}or`;
    const title = (index: number) => `Zanzibar ferry harbour ${unheard(index)} ${unheard(index + 7)}dal ${unheard(index + 3)}nep`;
    await add(Array.from({ length: 151 }, (_, index) => [`hot ${index}`, title(index)] as const));
    const first = await costOf('hot 0');
    await new DynamoDbScoreStore(fresh.table).apply(
      Array.from({ length: 149 }, (_, index) => score(`hot ${index + 1}`)),
      NOW + HOUR,
    );
    const last = await costOf('hot 150');
    expect(last.readUnits - first.readUnits).toBeLessThanOrEqual(7);
    expect(Math.max(first.puts, last.puts)).toBeLessThanOrEqual(7);
    const words = await probe.scan((item) => String(item['pk']).startsWith('W#'));
    expect(Math.max(...words.map((item) => JSON.stringify(item).length))).toBeLessThan(1024);
  });

  it('notes how many articles a story has, and orders those of several by it; kept as long as the articles are', async () => {
    await add([
      ['one', 'Ferry sinks off Zanzibar'],
      ['two', 'Ferry sinks near Zanzibar'],
      ['three', 'Zanzibar ferry sinks, dozens feared dead'],
      ['alone', 'Bakers of Lyon win a prize'],
    ]);
    const store = new DynamoDbScoreStore(fresh.table);
    for (const name of ['one', 'alone', 'two', 'three']) await store.apply([score(name)], NOW + HOUR);
    const size = (await probe.articles()).filter(({ joinedStory }) => joinedStory === articleIdOf('one')).length + 1;
    expect(size).toBeGreaterThan(1);
    const listed = await fresh.table.all({ index: 'directory', partition: storyDirectory(dayOfHour(hourOf(NOW))) });
    expect(listed.map((item) => [item['pk'], item['directorySort']])).toEqual([[storyKey(articleIdOf('one')).pk, storySort(size, articleIdOf('one'))]]);
    const [noted, alone] = await fresh.table.getAll(['one', 'alone'].map((name) => storyKey(articleIdOf(name))));
    expect([noted?.['ttl'], Number(alone?.['ttl'])]).toEqual([articleTtl({ publishedAt: NOW }, fresh.table.retention), (NOW + 4 * 24 * HOUR) / 1000]);
  });

  it('scores and reports an article whose story cannot be noted', async () => {
    await add([
      ['one', 'Ferry sinks off Zanzibar'],
      ['two', 'Ferry sinks near Zanzibar'],
    ]);
    const failing: DocumentClient = {
      send: (async (command: { constructor: { name: string } }) => {
        if (command.constructor.name === 'PutCommand') throw new Error('full');
        return (fresh.client.send as unknown as (one: unknown) => Promise<unknown>)(command);
      }) as unknown as DocumentClient['send'],
    };
    expect(await new DynamoDbScoreStore(fresh.through(failing)).apply([score('one')], NOW)).toHaveLength(1);
    expect(await new DynamoDbScoreStore(fresh.table).apply([score('two')], NOW)).toHaveLength(1);
    expect((await probe.articles()).map(({ joinedStory }) => joinedStory)).toEqual([undefined, undefined]);
  });
});
