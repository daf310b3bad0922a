import { PollSources, type FeedItem } from '@barometer/ingestion';
import { FakeFetcher, FakeQueue, FakeReader, NOW, sourceNamed } from '@barometer/ingestion/testing';
import { HOUR, ManualClock, MINUTE } from '@barometer/kernel';
import { freshTable, MeteredClient, type FreshTable } from '@barometer/storage-dynamodb/testing';
import { DynamoDbArticleStore, DynamoDbSourceStore, DynamoDbTopicCatalog } from './index';

jest.setTimeout(120_000);

const ITEMS = 100;
const item = (number: number): FeedItem => ({
  guid: `guid-${number}`,
  link: `https://daily.example/news/2026/01/15/${number}`,
  title: `A headline of the usual length, number ${number}`,
  publishedAt: NOW - HOUR - number,
});

describe('the reads of a poll', () => {
  let fresh: FreshTable;
  beforeEach(async () => (fresh = await freshTable()));
  afterEach(() => fresh.close());

  it('are one item for an unchanged document, and a handful of units for one with a new article', async () => {
    const client = new MeteredClient(fresh.client);
    const table = fresh.through(client);
    const sources = new DynamoDbSourceStore(table);
    await sources.add(sourceNamed('a'));
    const clock = new ManualClock(NOW);
    const poll = async (items: readonly FeedItem[]) => {
      clock.advance(30 * MINUTE);
      client.take();
      const report = await new PollSources({
        sources,
        articles: new DynamoDbArticleStore(table),
        topics: new DynamoDbTopicCatalog(table),
        fetcher: new FakeFetcher({ [sourceNamed('a').url]: { items } }),
        reader: new FakeReader(),
        queue: new FakeQueue(),
        clock,
        detectLanguage: () => 'en',
        random: () => 0,
      }).execute({ concurrency: 1 });
      const { readUnits, requests } = client.take();
      return { newArticles: report.newArticles, units: readUnits, requests };
    };
    const listed = Array.from({ length: ITEMS }, (_, number) => item(number));
    const first = await poll(listed);
    const same = await poll(listed);
    const oneMore = await poll([item(ITEMS), ...listed]);
    console.log(`read units: first poll ${first.units}, nothing new ${same.units} (${same.requests} requests), one new ${oneMore.units}`);
    expect([first.newArticles, same.newArticles, oneMore.newArticles]).toEqual([ITEMS, 0, 1]);
    // Version 0.1 read each article of the document: over 100 units.
    expect(same.units).toBeLessThan(10);
    expect(oneMore.units - same.units).toBeLessThan(10);
  });

  it('are all sources once or twice for parallel polls, each of which leases another source', async () => {
    const client = new MeteredClient(fresh.client);
    const sources = new DynamoDbSourceStore(fresh.through(client));
    const names = Array.from({ length: 8 }, (_, number) => `s${number}`);
    await sources.addAll(names.map((name) => sourceNamed(name)));
    client.take();
    const leases = (await Promise.all(names.map(() => sources.leaseDue(NOW, 1, MINUTE)))).flat();
    expect(leases.map(({ source }) => source.id).sort()).toEqual(names);
    expect(client.requests.filter(({ command }) => command === 'QueryCommand').length).toBeLessThanOrEqual(2);
  });

  it('repeat before the answer that nothing is due, but not before a lease is tried', async () => {
    const client = new MeteredClient(fresh.client);
    const sources = new DynamoDbSourceStore(fresh.through(client));
    const other = new DynamoDbSourceStore(fresh.table);
    await sources.addAll(['a', 'b', 'c'].map((name) => sourceNamed(name)));
    const [first] = await sources.leaseDue(NOW, 1, MINUTE);
    // Read a moment ago, while another process has leased one of them since and changed one.
    await other.change('c', { paused: true });
    const theirs = await other.leaseDue(NOW, 1, MINUTE);
    expect([first?.source.id, theirs[0]?.source.id]).toEqual(['a', 'b']);
    expect(await sources.leaseDue(NOW, 3, MINUTE)).toEqual([]);
    await other.change('c', { paused: false });
    expect((await sources.leaseDue(NOW, 3, MINUTE)).map(({ source }) => source.id)).toEqual(['c']);
  });

  it('include what its own polls have learned about a host', async () => {
    const sources = new DynamoDbSourceStore(fresh.table);
    await sources.addAll([
      sourceNamed('a', { url: 'https://same.example/a' }, { nextPollAt: NOW - HOUR }),
      sourceNamed('b', { url: 'https://same.example/b' }),
    ]);
    const [lease] = await sources.leaseDue(NOW, 1, MINUTE);
    if (!lease) throw new Error('nothing was leased');
    await sources.complete(lease, { ...lease.source.health, nextPollAt: NOW + HOUR, sparedHost: { host: 'same.example', until: NOW + HOUR } });
    expect(await sources.leaseDue(NOW, 1, MINUTE)).toEqual([]);
    expect((await sources.leaseDue(NOW + 2 * HOUR, 1, MINUTE)).map(({ source }) => source.id)).toEqual(['b']);
  });
});
