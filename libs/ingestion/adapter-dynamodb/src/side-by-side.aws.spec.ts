import type { Article, Source } from '@barometer/ingestion';
import { expectedRollups, sentimentWith } from '@barometer/events/testing';
import { articleIdOf, HOUR, MINUTE } from '@barometer/kernel';
import type { DocumentClient } from '@barometer/storage-dynamodb';
import { DynamoDbProbe, FaultyClient, faults, freshTable, sequence, type FreshTable } from '@barometer/storage-dynamodb/testing';
import { DynamoDbArticleStore, DynamoDbSourceStore, DynamoDbTopicCatalog } from './index';

jest.setTimeout(120_000);

const NOW = Date.UTC(2026, 0, 15, 10, 20);
const rule = { anyOf: ['title'], allOf: [], noneOf: [] };

const source = (id: string, url: string): Source => ({
  id,
  url,
  kind: 'feed',
  name: id,
  intervalMinutes: 15,
  paused: false,
  addedAt: NOW,
  health: { status: 'never', nextPollAt: NOW - MINUTE, failures: 0, polls: 0, articles: 0, bytesSaved: 0, lastBytes: 0 },
});

const article = (number: number, sourceId: string): Article => ({
  id: articleIdOf(`${number}`),
  url: '',
  title: `Title ${number}`,
  summary: '',
  keys: [],
  sourceIds: [sourceId],
  topics: [],
  publishedAt: NOW - (number % 5) * HOUR,
  dated: true,
  fetchedAt: NOW,
  status: { state: 'pending' },
});

describe('several processes on one table', () => {
  let fresh: FreshTable;
  let probe: DynamoDbProbe;
  beforeEach(async () => {
    fresh = await freshTable();
    probe = new DynamoDbProbe(fresh.table, fresh.client);
  });
  afterEach(() => fresh.close());

  const together = <T>(work: (index: number) => Promise<T>): Promise<T[]> => Promise.all([0, 1, 2].map(work));
  const expectInvariant = async () => expect(await probe.rollups()).toEqual(expectedRollups(await probe.articles()));

  it('lease each source once, and one source a host', async () => {
    const sources = new DynamoDbSourceStore(fresh.table);
    for (let index = 0; index < 9; index += 1) await sources.add(source(`s${index}`, `https://host-${index % 3}.example/${index}`));
    const leases = (await together(() => new DynamoDbSourceStore(fresh.table).leaseDue(NOW, 2, MINUTE))).flat();
    const hosts = leases.map((lease) => new URL(lease.source.url).hostname);
    expect(new Set(hosts).size).toBe(hosts.length);
    expect(hosts.length).toBeGreaterThan(0);
  });

  it('lease no second source of a host that another process has leased since the list was read', async () => {
    const sources = new DynamoDbSourceStore(fresh.table);
    await sources.add({ ...source('early', 'https://same.example/1'), health: { ...source('early', '').health, nextPollAt: NOW + HOUR } });
    await sources.add(source('late', 'https://same.example/2'));
    const others: string[] = [];
    const slow = fresh.through({
      send: (async (command: { constructor: { name: string } }) => {
        if (command.constructor.name === 'TransactWriteCommand' && others.length === 0) {
          await sources.makeDue('early', NOW - HOUR);
          others.push(...(await sources.leaseDue(NOW, 5, MINUTE)).map((lease) => lease.source.id));
        }
        return (fresh.client.send as unknown as (one: unknown) => Promise<unknown>)(command);
      }) as unknown as DocumentClient['send'],
    });
    expect(await new DynamoDbSourceStore(slow).leaseDue(NOW, 5, MINUTE)).toEqual([]);
    expect(others).toEqual(['early']);
  });

  it('add a url for one source only', async () => {
    const added = await together((index) => new DynamoDbSourceStore(fresh.table).add(source(`s${index}`, 'https://same.example/feed')));
    expect(added.filter(Boolean)).toHaveLength(1);
    expect(await new DynamoDbSourceStore(fresh.table).list()).toHaveLength(1);
  });

  it('store an article once, with every source that lists it', async () => {
    const articles = Array.from({ length: 60 }, (_, number) => number);
    const reports = await together((index) =>
      new DynamoDbArticleStore(fresh.table).addAll(
        articles.map((number) => article(number, `s${index}`)),
        NOW,
      ),
    );
    expect(reports.flatMap(({ pending }) => pending).sort()).toEqual(articles.map((number) => articleIdOf(`${number}`)).sort());
    expect(reports.reduce((sum, { linked }) => sum + linked, 0)).toBe(120);
    for (const { sourceIds } of await probe.articles()) expect([...sourceIds].sort()).toEqual(['s0', 's1', 's2']);
  });

  it('put articles into a topic during scoring and throttling, and count each once', async () => {
    const numbers = Array.from({ length: 40 }, (_, number) => number);
    const ids = numbers.map((number) => articleIdOf(`${number}`));
    await new DynamoDbArticleStore(fresh.table).addAll(
      numbers.map((number) => article(number, 'a')),
      NOW,
    );
    await probe.addTopic({ topicId: 'gas', version: 1, rule });
    const faulty = fresh.through(new FaultyClient(fresh.client, Object.values(faults), 0.2, sequence(5)), {
      sleep: async () => undefined,
      random: sequence(6),
    });
    const job = { topicId: 'gas', version: 1, ...rule };
    await Promise.all([
      new DynamoDbTopicCatalog(faulty).applyChunk(job, ids, undefined),
      new DynamoDbTopicCatalog(fresh.table).applyChunk(job, ids.slice(0, 20), undefined),
      ...ids.map((id) => probe.score(id, sentimentWith(0.5))),
    ]);
    for (const { topics, state } of await probe.articles()) expect([topics, state]).toEqual([[{ topicId: 'gas', version: 1 }], 'scored']);
    await expectInvariant();
  });

  it('put no article into a version that has been replaced', async () => {
    const numbers = Array.from({ length: 100 }, (_, number) => number);
    await new DynamoDbArticleStore(fresh.table).addAll(
      numbers.map((number) => article(number, 'a')),
      NOW,
    );
    await probe.addTopic({ topicId: 'gas', version: 1, rule });
    const catalog = new DynamoDbTopicCatalog(fresh.table);
    await Promise.all([
      catalog.applyChunk(
        { topicId: 'gas', version: 1, ...rule },
        numbers.map((number) => articleIdOf(`${number}`)),
        undefined,
      ),
      probe.addTopic({ topicId: 'gas', version: 2, rule }),
    ]);
    const [job] = await catalog.jobs();
    expect(job?.version).toBe(2);
    if (job) await catalog.finish(job);
    await catalog.jobs();
    for (const { topics } of await probe.articles()) expect(topics).toEqual([]);
    await expectInvariant();
  });
});
