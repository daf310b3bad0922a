import { HOUR, hourOf } from '@barometer/kernel';
import type { ArticleView, Drivers, ReportStore, TopicStore } from '@barometer/reporting';
import { ReportedNews } from './reported-news';

const NOON = Date.UTC(2026, 10, 23, 12);
const H = hourOf(NOON);

const article = (id: string, hour: number): ArticleView => ({
  id, url: `https://example.org/${id}`, title: `Title ${id}`, summary: 'S', sourceIds: ['daily'], topicIds: [], state: 'scored', sentiment: { label: 'negative', tone: -0.5 } as NonNullable<ArticleView['sentiment']>,
  journey: { publishedAt: hour * HOUR, dated: true, fetchedAt: 0, storedAt: 0, receives: 1, changes: 0 },
});

function setUp(parts: { reports?: Partial<ReportStore>; ofParts?: jest.Mock; found?: Drivers['found'] } = {}) {
  return new ReportedNews({
    reports: (parts.reports ?? {}) as ReportStore, usual: { ofParts: parts.ofParts ?? jest.fn() }, drivers: { execute: async () => ({ found: parts.found }) as Drivers },
    topics: { list: async () => [{ id: 'energy', name: 'Energy' }] } as unknown as TopicStore, sources: async () => [{ id: 'daily', name: 'The Daily' }],
  });
}

describe('ReportedNews', () => {
  it('names scopes, and knows which are gone', async () => {
    const news = setUp();
    expect(await Promise.all([{}, { topicId: 'energy' }, { topicId: 'energy', sourceId: 'daily' }, { topicId: 'x' }, { topicId: 'energy', sourceId: 'x' }].map((scope) => news.nameOf(scope)))).toEqual(['everything', 'Energy', 'Energy in The Daily', undefined, undefined]);
  });

  it('asks for the usual ranges of windows that begin on one day together', async () => {
    const ofParts = jest.fn(async (_scope: unknown, _whole: unknown, parts: readonly unknown[]) => (parts.length > 1 ? { ranges: parts.map(() => ({ low: -1, high: 0, mean: -0.5 })) } : { missing: 'nothing-known' }));
    const news = setUp({ ofParts });
    const day = Math.floor(H / 24) * 24;
    expect(await news.usual({}, [{ from: day, to: day + 6 }, { from: day + 23, to: day + 29 }, { from: day + 24, to: day + 30 }])).toEqual([{ low: -1, high: 0, mean: -0.5 }, { low: -1, high: 0, mean: -0.5 }, undefined]);
    expect(ofParts.mock.calls.map(([, whole]) => whole)).toEqual([{ from: day * HOUR, to: (day + 29) * HOUR }, { from: (day + 24) * HOUR, to: (day + 30) * HOUR }]);
  });

  it('turns pages of articles until it has enough, and says how far it looked', async () => {
    const asked: unknown[] = [];
    const reports = { articles: async (query: { cursor?: string }) => {
      asked.push(query);
      return query.cursor ? { items: [article('b', H - 3)], searchedTo: (H - 3) * HOUR, cursor: 'more' } : { items: [article('a', H - 1)], searchedTo: (H - 1) * HOUR, cursor: 'next' };
    } } as unknown as ReportStore;
    const { articles, searchedTo } = await setUp({ reports }).articles({ sourceId: 'daily' }, { from: H - 9, to: H }, { words: 'gas', most: 400 });
    expect([articles.map(({ hour, storyId, publisher, tone }) => [hour - H, storyId, publisher, tone]), searchedTo - H]).toEqual([[[-1, 'a', 'daily', -0.5], [-3, 'b', 'daily', -0.5]], -3]);
    expect(asked).toMatchObject([{ sourceId: 'daily', search: 'gas', limit: 200 }, { cursor: 'next' }]);
  });

  it('tells the strongest drivers first, and none where nothing can be compared', async () => {
    const driver = (name: string, effect: number) => ({ name, effect });
    const found = { lifted: [driver('Harvest', 0.04)], lowered: [driver('Gas', -0.09), driver('Rain', -0.01)] } as unknown as Drivers['found'];
    expect(await setUp({ found }).drivers({}, { from: H - 24, to: H })).toEqual([{ name: 'Gas', effect: -0.09 }, { name: 'Harvest', effect: 0.04 }, { name: 'Rain', effect: -0.01 }]);
    expect(await setUp().drivers({}, { from: H - 24, to: H })).toEqual([]);
  });
});
