import { DynamoDbSourceStore } from '@barometer/ingestion-dynamodb';
import { articleIdOf, DAY, groupsOf, HOUR, ManualClock, MINUTE } from '@barometer/kernel';
import { GetBreakdown, GetMood, GetTimeline, ListArticles, ListStories, UsualRanges } from '@barometer/reporting';
import { DynamoDbReportStore, DynamoDbTopicStore } from '@barometer/reporting-dynamodb';
import { sentimentOf } from '@barometer/reporting/testing';
import { changeTopic, dayText, documentClient, observedPartition, untouched, watermarkKey, type ArticleRecord } from '@barometer/storage-dynamodb';
import { freshTable, localClient, MeteredClient, writeCounters, writeInBulk, type FreshTable } from '@barometer/storage-dynamodb/testing';

jest.setTimeout(600_000);

const NOW = Date.UTC(2026, 0, 15, 10, 20);
const DAYS = 30;
const MEMBERS = 50;
const OTHERS = 10;
const rule = { anyOf: ['gas'], allOf: [], noneOf: [] };
const sourceOf = (index: number) => `source-${String(index).padStart(3, '0')}`;

/** Every source has an article every four hours for a month; every fifth is in one of two topics. */
const articles = (): ArticleRecord[] =>
  Array.from({ length: MEMBERS + OTHERS }, (_, source) =>
    Array.from({ length: DAYS * 6 }, (_, index): ArticleRecord => {
      const number = source * 1_000 + index;
      const publishedAt = NOW - index * 4 * HOUR - (source + 1) * MINUTE;
      return {
        ...untouched,
        id: articleIdOf(`${number}`),
        number: 100_000 + number,
        rev: 2,
        url: `https://example.org/${number}`,
        title: `Prices of gas and water ${number} rise and fall and rise and fall`,
        summary: 'x'.repeat(300),
        language: 'en',
        publishedAt,
        dated: true,
        fetchedAt: NOW,
        storedAt: NOW,
        state: 'scored',
        topics: number % 5 === 0 ? [{ topicId: number % 2 === 0 ? 'gas' : 'war', version: 1 }] : [],
        sources: [{ sourceId: sourceOf(source) }],
        sentiment: sentimentOf(((number % 19) - 9) / 10),
        scoredAt: NOW,
      };
    }),
  ).flat();

async function fill({ table }: FreshTable): Promise<void> {
  const all = articles();
  await writeInBulk(
    table,
    all.filter(({ publishedAt }) => publishedAt > NOW - 2 * DAY),
  );
  await writeCounters(table, all, [0, 1, 2, 3]);
  for (const id of ['gas', 'war'])
    await changeTopic(table, id, () => ({ id, rev: 0, name: id, version: 1, readyVersion: 1, createdAt: 1, changedAt: 1, versions: { 1: { rule } } }));
  await new DynamoDbSourceStore(table).addAll(
    Array.from({ length: MEMBERS + OTHERS }, (_, index) => ({
      id: sourceOf(index),
      url: `https://${index}.example/feed`,
      kind: 'feed',
      name: `Source ${index}`,
      intervalMinutes: 15,
      paused: false,
      addedAt: 0,
      groups: [index < MEMBERS ? `News/Part ${index % 5}` : 'Else'],
      health: { status: 'ok', nextPollAt: NOW, failures: 0, polls: 9, articles: 9, bytesSaved: 0, lastBytes: 9, lastSuccessAt: NOW },
    })),
  );
  const days = Array.from({ length: DAYS + 31 }, (_, back) => Math.floor(NOW / DAY) - back);
  await table.writeAll(
    ['', ...Array.from({ length: MEMBERS + OTHERS }, (_, index) => sourceOf(index))].flatMap((id) =>
      days.map((day) => ({ pk: observedPartition(id), sk: dayText(day), hours: new Set(Array.from({ length: 24 }, (_, hour) => day * 24 + hour)) })),
    ),
  );
}

/**
 * Most read units of the page's requests for a group of 50 of 60 sources that all published for a month; a new process
 * begins with the mood.
 */
const MOST: Readonly<Record<string, number>> = {
  mood: 150,
  'mood, again': 65,
  timeline: 65,
  'breakdown by topic': 260,
  'breakdown by group': 120,
  articles: 65,
  'positive articles': 65,
  stories: 240,
  'all news: mood': 110,
  'all news: two topics': 12,
  'all news: two topics against what is usual': 220,
  'all news: two topics against what is usual, again': 15,
  'all news: two topics against what is usual, after news': 100,
};

describe('what a group of fifty sources costs', () => {
  let fresh: FreshTable;
  beforeAll(async () => {
    fresh = await freshTable();
    await fill(fresh);
  });
  afterAll(() => fresh.close());

  it('is bounded by the number of its sources', async () => {
    const metered = new MeteredClient(documentClient(localClient()));
    const table = fresh.through(metered);
    const clock = new ManualClock(NOW);
    const [reports, topics, sources] = [new DynamoDbReportStore(table, clock), new DynamoDbTopicStore(table), new DynamoDbSourceStore(table)];
    const usual = new UsualRanges({ reports, clock, homes: async () => [] });
    const groups = groupsOf(await sources.list());
    const sourceIds = groups.find(({ name }) => name === 'News')?.members ?? [];
    expect(sourceIds).toHaveLength(MEMBERS);
    const deps = { reports, topics, usual, clock, sourceNames: async () => new Map<string, string>(), groups: async () => groups };
    const day = { sourceIds, period: { from: NOW - DAY, to: NOW } };
    const asked: [string, () => Promise<unknown>][] = [
      ['mood', () => new GetMood(deps).execute(day)],
      ['mood, again', () => new GetMood(deps).execute(day)],
      ['timeline', () => new GetTimeline(deps).execute({ ...day, bucket: 'hour' })],
      ['breakdown by topic', () => new GetBreakdown(deps).execute({ ...day, by: 'topic' })],
      ['breakdown by group', () => new GetBreakdown(deps).execute({ by: 'group', period: day.period })],
      ['articles', () => new ListArticles({ reports }).execute({ ...day, limit: 50 })],
      ['positive articles', () => new ListArticles({ reports }).execute({ ...day, label: 'positive', limit: 50 })],
      ['stories', () => new ListStories({ reports, clock }).execute({ ...day, order: 'size', limit: 20 })],
      ['all news: mood', () => new GetMood({ ...deps, usual: new UsualRanges({ reports, clock, homes: async () => [] }) }).execute({ period: day.period })],
    ];
    const byTopic = new GetBreakdown({ ...deps, usual: new UsualRanges({ reports, clock, homes: async () => [] }) });
    const topicsOfAll = (against: 'before' | 'usual') => () => byTopic.execute({ by: 'topic', period: day.period, against });
    asked.push(
      ['all news: two topics', topicsOfAll('before')],
      ['all news: two topics against what is usual', topicsOfAll('usual')],
      ['all news: two topics against what is usual, again', topicsOfAll('usual')],
      [
        'all news: two topics against what is usual, after news',
        async () => {
          await fresh.table.put({ ...watermarkKey(0), n: 1 });
          await topicsOfAll('usual')();
        },
      ],
    );
    const units: Record<string, number> = {};
    for (const [name, ask] of asked) {
      metered.take();
      await ask();
      units[name] = metered.take().readUnits;
    }
    for (const [name, most] of Object.entries(MOST)) expect([name, Math.min(most, units[name] ?? NaN)]).toEqual([name, units[name]]);
  });
});
