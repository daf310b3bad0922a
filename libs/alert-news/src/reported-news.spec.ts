import { HOUR, hourOf } from '@barometer/kernel';
import type { ArticleView, Drivers, ReportStore, TopicStore } from '@barometer/reporting';
import { ReportedNews } from './reported-news';

const NOON = Date.UTC(2026, 10, 23, 12);
const H = hourOf(NOON);

const article = (id: string, hour: number): ArticleView => ({
  id,
  url: `https://example.org/${id}`,
  title: `Title ${id}`,
  summary: 'S',
  sourceIds: ['daily'],
  topicIds: [],
  state: 'scored',
  sentiment: { label: 'negative', tone: -0.5 } as NonNullable<ArticleView['sentiment']>,
  journey: { publishedAt: hour * HOUR, dated: true, fetchedAt: 0, storedAt: 0, receives: 1, changes: 0 },
});

function setUp(parts: { reports?: Partial<ReportStore>; ofParts?: jest.Mock; found?: Drivers['found'] } = {}) {
  return new ReportedNews({
    reports: (parts.reports ?? {}) as ReportStore,
    usual: { ofParts: parts.ofParts ?? jest.fn() },
    drivers: { execute: async () => ({ found: parts.found }) as Drivers },
    topics: { list: async () => [{ id: 'energy', name: 'Energy' }] } as unknown as TopicStore,
    sources: async () => [
      { id: 'wire', name: 'The Wire', groups: ['News/World'] },
      { id: 'daily', name: 'The Daily', groups: ['News'] },
    ],
  });
}

describe('ReportedNews', () => {
  it('names scopes, and knows which ones are gone', async () => {
    const news = setUp();
    expect(
      await Promise.all(
        [{}, { topicId: 'energy' }, { topicId: 'energy', sourceId: 'daily' }, { topicId: 'x' }, { topicId: 'energy', sourceId: 'x' }].map((scope) =>
          news.nameOf(scope),
        ),
      ),
    ).toEqual(['all news', 'Energy', 'Energy in The Daily', undefined, undefined]);
  });

  it('covers the sources that are in a group now', async () => {
    const hours = jest.fn(async () => []);
    const observedHours = jest.fn(async () => [H - 3, H - 1]);
    const news = setUp({ reports: { hours, observedHours } });
    await news.volumes({ topicId: 'energy', group: 'news' }, { from: H - 2, to: H });
    expect(hours).toHaveBeenCalledWith({ topicId: 'energy', sourceIds: ['daily', 'wire'] }, expect.anything());
    expect(await news.observed({ group: 'News/World' }, { from: H - 4, to: H })).toEqual(new Set([H - 3, H - 2, H - 1]));
    expect(observedHours).toHaveBeenCalledWith(['wire'], expect.anything());
    expect(await Promise.all([{ group: 'News' }, { topicId: 'energy', group: 'news/world' }, { group: 'Sport' }].map((scope) => news.nameOf(scope)))).toEqual([
      'News',
      'Energy in news/world',
      undefined,
    ]);
  });

  it('requests the usual ranges of windows that begin on one day together', async () => {
    const ofParts = jest.fn(async (_scope: unknown, _whole: unknown, parts: readonly unknown[]) =>
      parts.length > 1
        ? { ranges: parts.map((_, index) => (index === 2 ? { missing: 'too-few-articles' } : { range: { low: -1, high: 0, mean: -0.5 } })) }
        : { missing: 'nothing-known' },
    );
    const news = setUp({ ofParts });
    const day = Math.floor(H / 24) * 24;
    expect(
      await news.usual({}, [
        { from: day, to: day + 6 },
        { from: day + 23, to: day + 29 },
        { from: day + 5, to: day + 6 },
        { from: day + 24, to: day + 30 },
      ]),
    ).toEqual([{ low: -1, high: 0, mean: -0.5 }, { low: -1, high: 0, mean: -0.5 }, undefined, undefined]);
    expect(ofParts.mock.calls.map(([, whole]) => whole)).toEqual([
      { from: day * HOUR, to: (day + 29) * HOUR },
      { from: (day + 24) * HOUR, to: (day + 30) * HOUR },
    ]);
  });

  it('reads pages of articles until it has enough, and says how far the search went', async () => {
    const asked: unknown[] = [];
    const reports = {
      articles: async (query: { cursor?: string }) => {
        asked.push(query);
        return query.cursor
          ? { items: [article('b', H - 3)], searchedTo: (H - 3) * HOUR, cursor: 'more' }
          : { items: [article('a', H - 1)], searchedTo: (H - 1) * HOUR, cursor: 'next' };
      },
    } as unknown as ReportStore;
    const { articles, searchedTo } = await setUp({ reports }).articles({ sourceId: 'daily' }, { from: H - 9, to: H }, { words: 'gas', most: 400 });
    expect([articles.map(({ hour, storyId, publisher, tone }) => [hour - H, storyId, publisher, tone]), searchedTo - H]).toEqual([
      [
        [-1, 'a', 'The Daily', -0.5],
        [-3, 'b', 'The Daily', -0.5],
      ],
      -3,
    ]);
    expect(articles.map(({ voice }) => voice)).toEqual(['daily', 'daily']);
    expect(asked).toMatchObject([{ sourceId: 'daily', search: 'gas', limit: 200 }, { cursor: 'next' }]);
  });

  it('lists the strongest drivers first, and none if there is nothing to compare with', async () => {
    const driver = (name: string, effect: number) => ({ name, effect });
    const found = { lifted: [driver('Harvest', 0.04)], lowered: [driver('Gas', -0.09), driver('Rain', -0.01)] } as unknown as Drivers['found'];
    expect(await setUp({ found }).drivers({}, { from: H - 24, to: H })).toEqual([
      { name: 'Gas', effect: -0.09 },
      { name: 'Harvest', effect: 0.04 },
      { name: 'Rain', effect: -0.01 },
    ]);
    expect(await setUp().drivers({}, { from: H - 24, to: H })).toEqual([]);
  });
});
