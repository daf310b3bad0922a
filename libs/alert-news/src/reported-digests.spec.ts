import type { Source } from '@barometer/ingestion';
import { DAY, HOUR, hourOf } from '@barometer/kernel';
import type { ArticleQuery, ArticleView, Drivers, DriversQuery, Mood } from '@barometer/reporting';
import { ReportedDigests } from './reported-digests';

const NOON = Date.UTC(2026, 10, 23, 12);
const H = hourOf(NOON);
const day = { from: H - 24, to: H };

const article = (id: string, tone: number, change: Partial<ArticleView> = {}): ArticleView => ({
  id,
  url: `https://example.org/${id}`,
  title: `Title ${id}`,
  summary: 'S',
  sourceIds: ['daily'],
  topicIds: [],
  state: 'scored',
  sentiment: { label: tone > 0 ? 'positive' : 'negative', tone } as NonNullable<ArticleView['sentiment']>,
  journey: { publishedAt: NOON - HOUR, dated: true, fetchedAt: 0, storedAt: 0, receives: 1, changes: 0 },
  ...change,
});
const source = (id: string, health: Partial<Source['health']>, change: Partial<Source> = {}) => ({
  id,
  name: `The ${id}`,
  paused: false,
  health: { status: 'ok', failures: 0, ...health } as Source['health'],
  ...change,
});

const mood: Mood = {
  volume: 10,
  counts: { negative: 6, neutral: 3, positive: 1, toneSum: 0, toneSquares: 0 },
  shares: { negative: 0.6, neutral: 0.3, positive: 0.1 },
  tone: -0.3,
  word: 'negative',
  period: { from: (H - 24) * HOUR, to: NOON },
  change: { kind: 'change', delta: -0.1, previousTone: -0.2 },
  usual: { low: -0.2, high: 0, mean: -0.1, basis: 'own', days: 20, percentile: 1, standardScore: -3, word: 'darker than usual' },
  observedHours: 20,
  hours: 24,
};

/** The reports of these articles; `asked` records the queries for drivers and articles. */
function setUp({
  articles = [] as readonly ArticleView[],
  sources = [source('daily', {})],
  report = mood,
  found = (_query: DriversQuery): Drivers['found'] => undefined,
  full = false,
  elsewhere = [] as readonly ArticleView[],
  polled = [] as readonly number[],
  imported = [] as readonly number[],
} = {}) {
  const asked: { drivers: DriversQuery[]; articles: ArticleQuery[] } = { drivers: [], articles: [] };
  const news = new ReportedDigests({
    mood: { execute: async () => report },
    sources: async () => sources,
    drivers: { execute: async (query) => (asked.drivers.push(query), { found: found(query) } as Drivers) },
    reports: {
      observedHours: async () => polled,
      importedHours: async () => imported,
      story: async (id) => [...articles, ...elsewhere].filter(({ storyId }) => storyId === id),
      articles: async (query) => {
        asked.articles.push(query);
        const items = articles.filter(({ journey: { publishedAt } }) => publishedAt >= query.period!.from && publishedAt < query.period!.to);
        return { items, searchedTo: query.period!.from, ...(full && { cursor: 'more' }) };
      },
    },
  });
  return { news, asked };
}

describe('ReportedDigests', () => {
  it('counts imported hours as covered, each once', async () => {
    const hours = (from: number, to: number) => Array.from({ length: to - from }, (_, index) => from + index);
    const report = { ...mood, observedHours: 6 };
    expect(await setUp({ report, polled: hours(H - 6, H), imported: hours(H - 20, H - 4) }).news.newsOf({}, day)).toMatchObject({
      observedHours: 20,
      hours: 24,
    });
    // A source of one article a day: the archive goes on after the period, and began a while before it.
    expect(await setUp({ report, polled: [], imported: [H - 34, H - 12, H + 10] }).news.newsOf({ sourceId: 'daily' }, day)).toMatchObject({
      observedHours: 24,
    });
    expect(await setUp({ report, polled: [], imported: [H - 40, H - 12] }).news.newsOf({ sourceId: 'daily' }, day)).toMatchObject({ observedHours: 1 });
    expect(await setUp({ report, polled: hours(H - 6, H) }).news.newsOf({}, day)).toMatchObject({ observedHours: 6 });
  });

  it('gives the figures of the mood, and no change if none is significant', async () => {
    expect(await setUp().news.newsOf({}, day)).toMatchObject({
      volume: 10,
      counts: { negative: 6, neutral: 3, positive: 1 },
      tone: -0.3,
      word: 'negative',
      usual: { low: -0.2, high: 0, mean: -0.1, basis: 'own' },
      change: -0.1,
      observedHours: 20,
      hours: 24,
      stories: [],
      isWhole: true,
    });
    const open = await setUp({ report: { ...mood, usual: { missing: 'not-enough-history' }, change: { kind: 'not-enough-history' } } }).news.newsOf({}, day);
    expect([open.usual, open.change]).toEqual([undefined, undefined]);
    expect((await setUp({ report: { ...mood, change: { kind: 'no-clear-change', delta: 0.04, previousTone: -0.34 } } }).news.newsOf({}, day)).change).toBe(0);
  });

  it('makes no further queries when nothing was scored', async () => {
    const { news, asked } = setUp({ report: { ...mood, volume: 0 } });
    expect(await news.newsOf({}, day)).toMatchObject({ volume: 0, drivers: [], stories: [] });
    expect(asked).toEqual({ drivers: [], articles: [] });
  });

  it('reads every stretch of the period, and only a part of each if there are too many articles', async () => {
    const { news, asked } = setUp({ full: true });
    expect((await news.newsOf({ sourceId: 'daily' }, { from: H - 168, to: H })).isWhole).toBe(false);
    const stretches = Map.groupBy(asked.articles, ({ period }) => period!.from);
    expect([...stretches.values()].map((pages) => pages.length)).toEqual(Array(8).fill(3));
    expect([Math.min(...stretches.keys()), asked.articles[0]?.period?.to, asked.articles[0]?.sourceId]).toEqual([NOON - 7 * DAY, NOON, 'daily']);
    const two = setUp();
    await two.news.newsOf({}, { from: H - 2, to: H });
    expect(two.asked.articles.map(({ period }) => (period!.to - period!.from) / HOUR)).toEqual([1, 1]);
  });

  it('reads the biggest stories in full when not every article was read, within the period and scope', async () => {
    const of = (publisher: string, at: number, change: Partial<ArticleView> = {}) =>
      article(`w${publisher}${at}`, -0.5, {
        storyId: 'w',
        publisher,
        topicIds: ['energy'],
        journey: { ...article('x', 0).journey, publishedAt: at },
        ...change,
      });
    const elsewhere = [of('C', NOON - 2 * HOUR), of('D', NOON - 30 * HOUR), of('E', NOON - 2 * HOUR, { topicIds: [] })];
    const { news } = setUp({ full: true, articles: [of('A', NOON - HOUR), of('B', NOON - HOUR)], elsewhere });
    expect((await news.newsOf({ topicId: 'energy' }, day)).stories.map(({ publishers }) => publishers)).toEqual([3]);
    expect(
      (await setUp({ articles: [of('A', NOON - HOUR), of('B', NOON - HOUR)], elsewhere }).news.newsOf({}, day)).stories.map(({ publishers }) => publishers),
    ).toEqual([2]);
  });

  it('orders stories by their number of publishers, with the darkest and the brightest of these', async () => {
    const of = (storyId: string, publisher: string, tone: number) =>
      article(`${storyId}${publisher}`, tone, { storyId, ...(publisher !== 'daily' && { publisher }) });
    const { news } = setUp({
      articles: [
        of('small', 'A', -0.9),
        of('small', 'A', -0.8),
        of('small', 'B', -0.7),
        of('big', 'A', -0.8),
        of('big', 'B', -0.1),
        of('big', 'daily', 0.2),
        of('alone', 'C', 0.1),
        of('alone', 'C', 0.2),
      ],
    });
    const { stories } = await news.newsOf({}, day);
    expect(stories.map(({ publishers, articles, darkest, brightest }) => [publishers, articles, darkest, brightest])).toEqual([
      [3, 3, { publisher: 'A', tone: -0.8 }, { publisher: 'The daily', tone: 0.2 }],
      [2, 3, { publisher: 'A', tone: -0.85 }, { publisher: 'B', tone: -0.7 }],
    ]);
  });

  it('picks one good thing: a bright story of several publishers, else the brightest headline, else none', async () => {
    const bright = [article('s1', 0.7, { storyId: 's', publisher: 'A' }), article('s2', 0.6, { storyId: 's', publisher: 'B' })];
    expect((await setUp({ articles: [...bright, article('x', 0.95)] }).news.newsOf({}, day)).good).toMatchObject({ publisher: 'A', publishers: 2, tone: 0.65 });
    expect((await setUp({ articles: [article('x', 0.3), article('y', 0.95), article('z', -0.9)] }).news.newsOf({}, day)).good).toEqual({
      title: 'Title y',
      url: 'https://example.org/y',
      publisher: 'The daily',
      tone: 0.95,
    });
    expect((await setUp({ articles: [article('z', -0.9)] }).news.newsOf({}, day)).good).toBeUndefined();
  });

  it('names drivers by topic, and by story if there are none or within a topic', async () => {
    const driver = (name: string, effect: number) => ({ name, effect, headline: { title: `About ${name}` } });
    const told = (by: string) => ({ lifted: [driver(`${by} up`, 0.02)], lowered: [driver(`${by} down`, -0.09)] }) as unknown as Drivers['found'];
    const all = setUp({ found: ({ by }) => told(by) });
    expect((await all.news.newsOf({}, day)).drivers).toEqual([
      { name: 'topic down', effect: -0.09, headline: 'About topic down' },
      { name: 'topic up', effect: 0.02, headline: 'About topic up' },
    ]);
    expect(all.asked.drivers).toMatchObject([{ by: 'topic', against: 'usual' }]);
    expect((await setUp({ found: ({ by }) => told(by) }).news.newsOf({ topicId: 'energy' }, day)).drivers[0]?.name).toBe('story down');
    const early = setUp({ found: ({ by }) => (by === 'story' ? told(by) : undefined), report: { ...mood, usual: { missing: 'not-enough-history' } } });
    expect((await early.news.newsOf({}, day)).drivers[0]?.name).toBe('story down');
    expect(early.asked.drivers.map(({ by, against }) => [by, against])).toEqual([
      ['topic', 'before'],
      ['story', 'before'],
    ]);
  });

  it('names sources in trouble, longest unread first, but none that failed once or is paused', async () => {
    const sources = [
      source('slow', { status: 'failed', failures: 3, message: 'It answers 500.', lastSuccessAt: NOON - DAY }),
      source('gone', { status: 'gone', failures: 1, lastSuccessAt: NOON - 2 * DAY }),
      source('never', { status: 'failed', failures: 9, message: 'No such host.' }),
      source('once', { status: 'failed', failures: 1 }),
      source('paused', { status: 'gone' }, { paused: true }),
      source('fine', {}),
    ];
    const { news } = setUp({ sources });
    expect(await news.troubled({})).toEqual([
      { name: 'The never', problem: 'No such host.' },
      { name: 'The gone', problem: 'It cannot be read', lastSuccessAt: NOON - 2 * DAY },
      { name: 'The slow', problem: 'It answers 500.', lastSuccessAt: NOON - DAY },
    ]);
    expect((await news.troubled({ sourceId: 'slow' })).map(({ name }) => name)).toEqual(['The slow']);
    const grouped = setUp({ sources: sources.map((one) => (one.id === 'gone' ? { ...one, groups: ['News/World'] } : one)) });
    expect((await grouped.news.troubled({ group: 'News' })).map(({ name }) => name)).toEqual(['The gone']);
    await grouped.news.newsOf({ group: 'News' }, day);
    expect([grouped.asked.drivers[0], grouped.asked.articles[0]]).toMatchObject([{ sourceIds: ['gone'] }, { sourceIds: ['gone'] }]);
  });
});
