import type { Sentiment } from '@barometer/events';
import { DAY, HOUR, hourOf, ManualClock } from '@barometer/kernel';
import { packHours } from '../domain/packed-hours';
import type { ArticleQuery, ArticleView, HourCounts, Period } from '../domain/report';
import { fakeTopics, reportsOf } from '../testing/fakes';
import { GetDrivers } from './get-drivers.use-case';
import type { SourceHistory } from './source-history';

const now = Date.UTC(2026, 10, 23, 12, 34);
const end = (hourOf(now) + 1) * HOUR;
const period = { from: end - DAY, to: end };

interface Told { readonly title: string; readonly tone: number; readonly hoursAgo: number; readonly source?: string; readonly topic?: string; readonly story?: string }

const articleOf = ({ title, tone, hoursAgo, source = 'wire', topic, story }: Told): ArticleView => ({
  id: title, title, summary: '', url: '', sourceIds: [source], topicIds: topic === undefined ? [] : [topic], state: 'scored', sentiment: { tone, label: 'neutral' } as unknown as Sentiment,
  ...(story !== undefined && { storyId: story }), journey: { publishedAt: end - hoursAgo * HOUR, dated: true, fetchedAt: 0, storedAt: 0, receives: 1, changes: 0 },
});
const within = ({ from, to }: Period) => ({ journey }: ArticleView) => journey.publishedAt >= from && journey.publishedAt < to;
const row = ({ journey, sentiment }: ArticleView): HourCounts => ({ hour: hourOf(journey.publishedAt), negative: 0, neutral: 1, positive: 0, toneSum: Math.round((sentiment?.tone ?? 0) * 1e6), toneSquares: 0 });
const grouped = (articles: readonly ArticleView[], idsOf: (article: ArticleView) => readonly string[]) => {
  const ids = [...new Set(articles.flatMap(idsOf))];
  return new Map(ids.map((id) => [id, articles.filter((article) => idsOf(article).includes(id)).map(row)]));
};

function drivers(told: readonly Told[]) {
  const all = told.map(articleOf).sort((one, other) => other.journey.publishedAt - one.journey.publishedAt);
  const pages: ArticleQuery[] = [];
  const reports = reportsOf({
    hours: async (_scope, asked) => all.filter(within(asked)).map(row),
    hoursBy: async (_by, _scope, asked) => grouped(all.filter(within(asked)), ({ topicIds }) => topicIds),
    articles: async (query) => {
      pages.push(query);
      const items = all.filter(within(query.period ?? period));
      const start = Number(query.cursor ?? 0);
      const next = start + query.limit < items.length ? { cursor: String(start + query.limit) } : {};
      return { items: items.slice(start, start + query.limit), searchedTo: items[Math.min(start + query.limit, items.length) - 1]?.journey.publishedAt ?? 0, ...next };
    },
  });
  const history = { days: async function* () { yield packHours(grouped(all, ({ sourceIds }) => sourceIds)); } } as unknown as SourceHistory;
  const topics = fakeTopics();
  const getDrivers = new GetDrivers({ reports, topics, usual: { history }, clock: new ManualClock(now), sourceNames: async () => new Map([['wire', 'The Wire']]) });
  return { getDrivers, topics, pages };
}

const quiet = (hoursAgo: number, count = 10): Told[] => Array.from({ length: count }, (_, index) => ({ title: `quiet ${hoursAgo} ${index}`, tone: -0.2, hoursAgo }));
const asked = { period, by: 'story' as const, against: 'before' as const, limit: 3 };

describe('GetDrivers', () => {
  it('names the story that lowered the mood, and the one whose end lifted it', async () => {
    const { getDrivers } = drivers([
      ...quiet(2), ...quiet(30),
      { title: 'Ferry sinks', tone: -0.9, hoursAgo: 3, story: 'ferry' }, { title: 'Ferry sinks off coast, dozens dead', tone: -0.95, hoursAgo: 2, story: 'ferry' }, { title: 'Dozens dead as ferry sinks', tone: -0.93, hoursAgo: 1, story: 'ferry' },
      { title: 'Fire in hotel', tone: -0.9, hoursAgo: 30, story: 'fire' },
    ]);
    const { found } = await getDrivers.execute(asked);
    expect(found?.lowered[0]).toMatchObject({ id: 'ferry', after: { volume: 3 }, before: { volume: 0 }, headline: { title: 'Ferry sinks off coast, dozens dead' } });
    expect(found?.lifted[0]).toMatchObject({ id: 'fire', name: 'Fire in hotel', before: { volume: 1 } });
    expect(found?.lifted[0]).not.toHaveProperty('headline');
    const effects = [...(found?.lifted ?? []), ...(found?.lowered ?? [])].reduce((sum, { effect }) => sum + effect, 0);
    expect(effects + (found?.rest ?? NaN)).toBeCloseTo(found?.difference ?? NaN, 9);
    expect(found?.difference).toBeLessThan(0);
  });

  it('takes the difference apart by source, with the names that they have', async () => {
    const { getDrivers } = drivers([...quiet(2), ...quiet(30), { title: 'a', tone: 0.8, hoursAgo: 2, source: 'bright' }, { title: 'b', tone: -0.6, hoursAgo: 30, source: 'bright' }]);
    const { found } = await getDrivers.execute({ ...asked, by: 'source' });
    expect(found?.lifted).toMatchObject([{ id: 'bright', name: 'bright', headline: { title: 'a' } }]);
    expect(found?.lifted[0]?.toneEffect).toBeGreaterThan(0.1);
    expect(found?.rest).toBeCloseTo(0, 9);
    expect([...(found?.lifted ?? []), ...(found?.lowered ?? [])].map(({ id }) => id)).toEqual(['bright']);
  });

  it('takes it apart by topic, against four weeks', async () => {
    const { getDrivers, topics } = drivers([...quiet(2), ...quiet(30), ...quiet(300), { title: 'a', tone: 0.9, hoursAgo: 2, topic: 'health' }, { title: 'b', tone: -0.9, hoursAgo: 300, topic: 'health' }]);
    await topics.add({ id: 'health', name: 'Health', anyOf: ['a'], allOf: [], noneOf: [], version: 1, createdAt: 0, changedAt: 0, readyVersion: 1 });
    const { found, comparison } = await getDrivers.execute({ ...asked, by: 'topic', against: 'usual' });
    expect(comparison).toEqual({ from: period.from - 28 * DAY, to: period.from });
    expect(found?.lifted).toMatchObject([{ id: 'health', name: 'Health', before: { volume: 1 }, after: { volume: 1 } }]);
  });

  it('reads no more than five pages of either period, and gives the unread to the rest', async () => {
    const many = [...quiet(2, 700), ...quiet(30, 700)];
    const { getDrivers, pages } = drivers(many);
    const { found } = await getDrivers.execute(asked);
    expect(pages).toHaveLength(10);
    expect(found?.difference).toBeCloseTo(0, 9);
  });

  it('says nothing where one of the periods has no article', async () => {
    for (const told of [[], quiet(2), quiet(30)]) expect((await drivers(told).getDrivers.execute(asked)).found).toBeUndefined();
  });
});
