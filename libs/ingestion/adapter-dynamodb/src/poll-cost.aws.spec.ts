import { PollSources, type FeedItem } from '@barometer/ingestion';
import { FakeFetcher, FakeQueue, FakeReader, NOW, sourceNamed } from '@barometer/ingestion/testing';
import { HOUR, ManualClock, MINUTE } from '@barometer/kernel';
import { freshTable, MeteredClient, type FreshTable } from '@barometer/storage-dynamodb/testing';
import { DynamoDbArticleStore, DynamoDbSourceStore, DynamoDbTopicCatalog } from './index';

jest.setTimeout(120_000);

const ITEMS = 100;
const item = (number: number): FeedItem => ({ guid: `guid-${number}`, link: `https://daily.example/news/2026/01/15/${number}`, title: `A headline of the usual length, number ${number}`, publishedAt: NOW - HOUR - number });

describe('what a poll reads', () => {
  let fresh: FreshTable;
  beforeEach(async () => (fresh = await freshTable()));
  afterEach(() => fresh.close());

  it('is one item for a document that brings nothing new, and a handful of units for one that brings one article', async () => {
    const client = new MeteredClient(fresh.client);
    const table = fresh.through(client);
    const sources = new DynamoDbSourceStore(table);
    await sources.add(sourceNamed('a'));
    const clock = new ManualClock(NOW);
    const poll = async (items: readonly FeedItem[]) => {
      clock.advance(30 * MINUTE);
      client.take();
      const report = await new PollSources({
        sources, articles: new DynamoDbArticleStore(table), topics: new DynamoDbTopicCatalog(table), fetcher: new FakeFetcher({ [sourceNamed('a').url]: { items } }), reader: new FakeReader(),
        queue: new FakeQueue(), clock, detectLanguage: () => 'en', random: () => 0,
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
    // Version 0.1 read each article of the document: 100 units and some.
    expect(same.units).toBeLessThan(10);
    expect(oneMore.units - same.units).toBeLessThan(10);
  });
});
