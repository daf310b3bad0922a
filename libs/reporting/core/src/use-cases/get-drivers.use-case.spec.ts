import type { Sentiment } from '@barometer/events';
import fc from 'fast-check';
import { DAY, HOUR, hourOf, ManualClock } from '@barometer/kernel';
import { packHours } from '../domain/packed-hours';
import { decompose, LEAST_EFFECT, nothingTold } from '../domain/drivers';
import type { ArticleQuery, ArticleView, HourCounts, Period, Scope } from '../domain/report';
import { countsOfStories, heaviestOf, type StoryCounts, type StoryWeighing } from '../domain/story';
import { fakeTopics, reportsOf } from '../testing/fakes';
import { GetDrivers } from './get-drivers.use-case';
import type { SourceHistory } from './source-history';
import type { UsualRanges } from './usual-ranges';

const now = Date.UTC(2026, 10, 23, 12, 34);
const end = (hourOf(now) + 1) * HOUR;
const period = { from: end - DAY, to: end };

interface Told {
  readonly title: string;
  readonly tone: number;
  readonly hoursAgo: number;
  readonly source?: string;
  readonly topic?: string;
  readonly story?: string;
}

const articleOf = ({ title, tone, hoursAgo, source = 'wire', topic, story }: Told): ArticleView => ({
  id: title,
  title,
  summary: '',
  url: '',
  sourceIds: [source],
  topicIds: topic === undefined ? [] : [topic],
  state: 'scored',
  sentiment: { tone, label: 'neutral' } as unknown as Sentiment,
  ...(story !== undefined && { storyId: story }),
  journey: { publishedAt: end - hoursAgo * HOUR, dated: true, fetchedAt: 0, storedAt: 0, receives: 1, changes: 0 },
});
const within =
  ({ from, to }: Period) =>
  ({ journey }: ArticleView) =>
    journey.publishedAt >= from && journey.publishedAt < to;
const row = ({ journey, sentiment }: ArticleView): HourCounts => ({
  hour: hourOf(journey.publishedAt),
  negative: 0,
  neutral: 1,
  positive: 0,
  toneSum: Math.round((sentiment?.tone ?? 0) * 1e6),
  toneSquares: 0,
});
const grouped = (articles: readonly ArticleView[], idsOf: (article: ArticleView) => readonly string[]) => {
  const ids = [...new Set(articles.flatMap(idsOf))];
  return new Map(ids.map((id) => [id, articles.filter((article) => idsOf(article).includes(id)).map(row)]));
};

function drivers(
  told: readonly Told[],
  usualTold: Awaited<ReturnType<UsualRanges['explained']>> = { missing: 'not-enough-history' },
  of: UsualRanges['of'] = async () => ({ missing: 'not-enough-history' }),
) {
  const all = told.map(articleOf).sort((one, other) => other.journey.publishedAt - one.journey.publishedAt);
  const pages: ArticleQuery[] = [];
  const inScope = ({ topicId, sourceId }: Scope, asked: Period) =>
    all
      .filter(within(asked))
      .filter(({ topicIds, sourceIds }) => (topicId === undefined || topicIds.includes(topicId)) && (sourceId === undefined || sourceIds.includes(sourceId)));
  const weighings: StoryWeighing[] = [];
  const reports = reportsOf({
    findsEveryStory: true,
    hours: async (scope, asked) => inScope(scope, asked).map(row),
    hoursBy: async (_by, scope, asked) => grouped(inScope(scope, asked), ({ topicIds }) => topicIds),
    story: async (id, where) => inScope(where ?? {}, where?.period ?? period).filter(({ storyId, id: own }) => (storyId ?? own) === id),
    heaviestStories: async (scope, asked, by, limit) => {
      weighings.push(by);
      return heaviestOf(countsOfStories(inScope(scope, asked)).values(), by, limit);
    },
    storyCounts: async (ids, scope, asked) => new Map([...countsOfStories(inScope(scope, asked))].filter(([id]) => ids.includes(id))),
    articles: async (query) => {
      pages.push(query);
      const items = inScope(query, query.period ?? period);
      const start = Number(query.cursor ?? 0);
      const next = start + query.limit < items.length ? { cursor: String(start + query.limit) } : {};
      return {
        items: items.slice(start, start + query.limit),
        searchedTo: items[Math.min(start + query.limit, items.length) - 1]?.journey.publishedAt ?? 0,
        ...next,
      };
    },
  });
  const history = {
    days: async function* () {
      yield packHours(grouped(all, ({ sourceIds }) => sourceIds));
    },
  } as unknown as SourceHistory;
  const topics = fakeTopics();
  const usual = { history, explained: async () => usualTold, of };
  const getDrivers = new GetDrivers({ reports, topics, usual, clock: new ManualClock(now), sourceNames: async () => new Map([['wire', 'The Wire']]) });
  return { getDrivers, topics, pages, weighings };
}

const quiet = (hoursAgo: number, count = 10): Told[] =>
  Array.from({ length: count }, (_, index) => ({ title: `quiet ${hoursAgo} ${index}`, tone: -0.2, hoursAgo }));
const asked = { period, by: 'story' as const, against: 'before' as const, limit: 3 };

describe('GetDrivers', () => {
  it('names the story that lowered the mood, and the one whose end raised it', async () => {
    const { getDrivers } = drivers([
      ...quiet(2),
      ...quiet(30),
      { title: 'Ferry sinks', tone: -0.9, hoursAgo: 3, story: 'ferry' },
      { title: 'Ferry sinks off coast, dozens dead', tone: -0.95, hoursAgo: 2, story: 'ferry' },
      { title: 'Dozens dead as ferry sinks', tone: -0.93, hoursAgo: 1, story: 'ferry' },
      { title: 'Fire in hotel', tone: -0.9, hoursAgo: 30, story: 'fire' },
    ]);
    const { found } = await getDrivers.execute(asked);
    expect(found?.lowered[0]).toMatchObject({
      id: 'ferry',
      after: { volume: 3 },
      before: { volume: 0 },
      headline: { title: 'Ferry sinks off coast, dozens dead' },
    });
    expect(found?.lifted[0]).toMatchObject({ id: 'fire', name: 'Fire in hotel', before: { volume: 1 } });
    expect(found?.lifted[0]).not.toHaveProperty('headline');
    const effects = [...(found?.lifted ?? []), ...(found?.lowered ?? [])].reduce((sum, { effect }) => sum + effect, 0);
    expect(effects + (found?.rest ?? NaN)).toBeCloseTo(found?.difference ?? NaN, 9);
    expect(found?.difference).toBeLessThan(0);
  });

  it('decomposes the difference by source, with the names of the sources', async () => {
    const { getDrivers } = drivers([
      ...quiet(2),
      ...quiet(30),
      { title: 'a', tone: 0.8, hoursAgo: 2, source: 'bright' },
      { title: 'b', tone: -0.6, hoursAgo: 30, source: 'bright' },
    ]);
    const { found } = await getDrivers.execute({ ...asked, by: 'source' });
    expect(found?.lifted).toMatchObject([{ id: 'bright', name: 'bright', headline: { title: 'a' } }]);
    expect(found?.lifted[0]?.toneEffect).toBeGreaterThan(0.1);
    expect(found?.rest).toBeCloseTo(0, 9);
    expect([...(found?.lifted ?? []), ...(found?.lowered ?? [])].map(({ id }) => id)).toEqual(['bright']);
  });

  it('decomposes it by topic', async () => {
    const { getDrivers, topics } = drivers([
      ...quiet(2),
      ...quiet(30),
      { title: 'a', tone: 0.9, hoursAgo: 2, topic: 'health' },
      { title: 'b', tone: -0.9, hoursAgo: 30, topic: 'health' },
    ]);
    await topics.add({ id: 'health', name: 'Health', anyOf: ['a'], allOf: [], noneOf: [], version: 1, createdAt: 0, changedAt: 0, readyVersion: 1 });
    const { found } = await getDrivers.execute({ ...asked, by: 'topic' });
    expect(found?.lifted).toMatchObject([{ id: 'health', name: 'Health', before: { volume: 1 }, after: { volume: 1 } }]);
    expect((await getDrivers.execute({ ...asked, by: 'topic', topicId: 'health' })).found).toMatchObject({ lifted: [], lowered: [] });
  });

  it('moves effects that read 0.00 into the rest', async () => {
    const { getDrivers } = drivers([...quiet(2, 200), ...quiet(30, 200), { title: 'a', tone: 0.5, hoursAgo: 2 }]);
    const { found } = await getDrivers.execute(asked);
    expect(found).toMatchObject({ lifted: [], lowered: [] });
    expect(found?.rest).toBeCloseTo(found?.difference ?? NaN, 12);
    expect(found?.difference).toBeGreaterThan(0.003);
  });

  it('reads no articles of a period with more than five hundred, and names its stories by all of their counts', async () => {
    const told: Told[] = [...quiet(2, 700), ...quiet(30, 700)];
    for (let index = 0; index < 60; index += 1)
      told.push(
        { title: `ferry ${index}`, tone: -0.9, hoursAgo: 1 + (index % 48), story: 'ferry 0' },
        { title: `cup ${index}`, tone: 0.6, hoursAgo: 1 + (index % 20), story: 'cup 0' },
      );
    const { getDrivers, pages, weighings } = drivers(told);
    const { found } = await getDrivers.execute(asked);
    expect(pages).toEqual([]);
    expect(weighings).toHaveLength(2);
    expect(found?.lifted).toMatchObject([{ id: 'cup 0', before: { volume: 0 }, after: { volume: 60 } }]);
    expect(found?.lowered).toMatchObject([{ id: 'ferry 0', before: { volume: 24 }, after: { volume: 36 } }]);
  });

  it('finds a story whose effect is too small in each period alone but large enough in both', async () => {
    const three = (tone: number, hoursAgo: number): Told[] =>
      [0, 1, 2].map((index) => ({ title: `talks ${hoursAgo} ${index}`, tone, hoursAgo, story: 'talks' }));
    const { found } = await drivers([...quiet(2, 600), ...quiet(30, 600), ...three(0.4, 3), ...three(-0.8, 33)]).getDrivers.execute(asked);
    expect(found?.lifted).toMatchObject([{ id: 'talks', effect: expect.closeTo(0.006, 4) }]);
  });

  it('finds the same stories, with the same figures, as if every article were read', async () => {
    const story = fc.record({
      tone: fc.integer({ min: -10, max: 10 }),
      earlier: fc.integer({ min: -10, max: 10 }),
      size: fc.integer({ min: 1, max: 90 }),
      first: fc.integer({ min: 1, max: 48 }),
      over: fc.integer({ min: 1, max: 30 }),
    });
    await fc.assert(
      fc.asyncProperty(fc.array(story, { minLength: 1, maxLength: 8 }), fc.integer({ min: 501, max: 900 }), async (stories, others) => {
        const told = [...quiet(2, others), ...quiet(30, 560)];
        stories.forEach(({ tone, earlier, size, first, over }, at) => {
          for (let index = 0; index < size; index += 1) {
            const hoursAgo = Math.min(48, first + (index % over));
            told.push({ title: `s${at} ${index}`, tone: (hoursAgo > 24 ? earlier : tone) / 10, hoursAgo, story: `s${at}` });
          }
        });
        const all = told.map(articleOf);
        const sides = [{ from: period.from - DAY, to: period.from }, period].map((side) =>
          countsOfStories(all.filter(within(side)).filter(({ storyId }) => storyId !== undefined)),
        );
        const toldIn = (articles: readonly ArticleView[]) =>
          articles.reduce((sum, { sentiment }) => ({ volume: sum.volume + 1, tones: sum.tones + (sentiment?.tone ?? 0) }), nothingTold);
        const partOf = (counts: StoryCounts | undefined) => (counts ? { volume: counts.articles, tones: counts.toneSum / 1e6 } : nothingTold);
        const [before, after] = [all.filter(within({ from: period.from - DAY, to: period.from })), all.filter(within(period))].map(toldIn);
        const expected = decompose(
          before!,
          after!,
          stories.map((_, at) => ({ id: `s${at}`, before: partOf(sides[0]?.get(`s${at}`)), after: partOf(sides[1]?.get(`s${at}`)) })),
        );
        const { found } = await drivers(told).getDrivers.execute({ ...asked, limit: 20 });
        const named = [...(found?.lifted ?? []), ...(found?.lowered ?? [])];
        const wanted = expected?.drivers.filter(({ effect }) => Math.abs(effect) >= LEAST_EFFECT) ?? [];
        expect(new Set(named.map(({ id }) => id))).toEqual(new Set(wanted.map(({ id }) => id)));
        for (const { id, effect, before: was, after: is } of named) {
          const other = wanted.find((one) => one.id === id);
          expect([was.volume, is.volume]).toEqual([other?.before.volume, other?.after.volume]);
          expect(effect).toBeCloseTo(other?.effect ?? NaN, 9);
        }
        expect(named.reduce((sum, { effect }) => sum + effect, found?.rest ?? NaN)).toBeCloseTo(found?.difference ?? NaN, 9);
        expect(found?.difference).toBeCloseTo(expected?.difference ?? NaN, 9);
      }),
      { seed: 12, numRuns: 40 },
    );
  });

  describe('compared with what is usual', () => {
    const range = { mean: -0.3, low: -0.4, high: -0.2, deviation: 0.05, basis: 'own' as const, days: 28 };
    const sources = new Map([
      ['wire', { volume: 10, tones: -2, usualTone: -0.35 }],
      ['bright', { volume: 1, tones: 0.8, usualTone: 0.2 }],
    ]);
    const told: Told[] = [
      ...quiet(2),
      { title: 'a', tone: 0.8, hoursAgo: 2, source: 'bright', topic: 'health' },
      ...quiet(300),
      { title: 'b', tone: 0.1, hoursAgo: 300, topic: 'health' },
    ];
    const topic = { id: 'health', name: 'Health', anyOf: ['a'], allOf: [], noneOf: [], version: 1, createdAt: 0, changedAt: 0, readyVersion: 1 };
    const notEnough = { missing: 'not-enough-history' } as const;
    const usually = async (by: 'story' | 'topic' | 'source', basis: 'own' | 'reference' = 'own') => {
      const ofTopic = async ({ topicId }: Scope) => (topicId === 'health' && basis === 'own' ? { range: { ...range, mean: 0.25 } } : notEnough);
      const { getDrivers, topics } = drivers(told, { range: { ...range, basis }, sources }, ofTopic);
      await topics.add(topic);
      return getDrivers.execute({ ...asked, by, against: 'usual' });
    };
    const sumOf = ({ found }: Awaited<ReturnType<typeof usually>>) =>
      [...(found?.lifted ?? []), ...(found?.lowered ?? [])].reduce((sum, { effect }) => sum + effect, found?.rest ?? NaN);

    it.each(['story', 'topic', 'source'] as const)('decomposes the difference from the mean of the usual range, by %s', async (by) => {
      const answer = await usually(by);
      const tone = (0.8 - 2) / 11;
      expect(answer.found?.difference).toBeCloseTo(tone + 0.3, 9);
      expect(answer).toMatchObject({ tone: expect.closeTo(tone, 12), previousTone: expect.closeTo(-0.3, 12) });
      expect(sumOf(answer)).toBeCloseTo(tone + 0.3, 9);
      expect(answer).toMatchObject({ basis: 'own', comparison: { to: Math.floor(period.from / DAY) * DAY } });
      for (const { mixEffect } of answer.found?.lifted ?? []) expect(mixEffect).toBeCloseTo(0, 12);
    });

    it('compares a source with its usual tone by the model of all, and a topic with that of its own verdict', async () => {
      expect((await usually('source')).found?.lifted.map(({ id, effect }) => [id, effect.toFixed(6)])).toEqual([
        ['wire', ((10 / 11) * 0.15).toFixed(6)],
        ['bright', ((1 / 11) * 0.6).toFixed(6)],
      ]);
      expect((await usually('topic')).found?.lifted.map(({ id, effect }) => [id, effect.toFixed(6)])).toEqual([
        ['health', ((1 / 11) * (0.8 - 0.25)).toFixed(6)],
      ]);
    });

    it('names no topics as drivers when compared with the reference, which covers none, and says why: the rest is the whole difference', async () => {
      const { found, basis, withoutUsual } = await usually('topic', 'reference');
      expect(withoutUsual).toEqual([{ id: 'health', name: 'Health', told: { volume: 1, tones: 0.8 }, ...notEnough }]);
      expect([basis, found?.lifted, found?.lowered]).toEqual(['reference', [], []]);
      expect(found?.rest).toBeCloseTo(found?.difference ?? NaN, 12);
    });

    it('says why if there is no usual range, or nothing was scored', async () => {
      const query = { ...asked, against: 'usual' as const };
      const unknown = await drivers(quiet(2)).getDrivers.execute(query);
      expect([unknown.found, unknown.noUsual, unknown.tone]).toEqual([undefined, 'not-enough-history', expect.closeTo(-0.2, 12)]);
      const nothing = await drivers([]).getDrivers.execute(query);
      expect(nothing).toMatchObject({ noUsual: 'nothing-scored' });
      expect(nothing).not.toHaveProperty('tone');
    });
  });

  it('finds nothing if one of the periods has no article, and says which; a tone that is known is told', async () => {
    for (const [told, why, tone, previousTone] of [
      [[], 'nothing-scored'],
      [quiet(2), 'nothing-before', expect.closeTo(-0.2, 12)],
      [quiet(30), 'nothing-scored', undefined, expect.closeTo(-0.2, 12)],
    ] as const) {
      const answer = await drivers(told).getDrivers.execute(asked);
      expect([answer.found, answer.noPrevious, answer.tone, answer.previousTone]).toEqual([undefined, why, tone, previousTone]);
    }
  });
});
