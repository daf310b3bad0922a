import { DAY } from '@barometer/kernel';
import { breakdownSchema, moodSchema, timelineSchema } from '../contract';
import { fakeDependencies } from '../testing/fake-dependencies';
import { problemOf, testApi } from '../testing/test-api';

describe('reports', () => {
  it('answers the mood of the last 24 hours', async () => {
    const { ask } = await testApi(fakeDependencies().deps);
    const mood = moodSchema.parse((await ask('GET', '/api/v1/mood')).json());
    expect(mood).toMatchObject({
      period: { from: '2026-11-22T11:00:00.000Z', to: '2026-11-23T11:00:00.000Z' },
      volume: 2,
      counts: { negative: 1, neutral: 0, positive: 1 },
      tone: -0.1,
      hours: 24,
      observedHours: 2,
      sample: false,
    });
  });

  it('answers null, not zero, if nothing was scored', async () => {
    const { ask } = await testApi(fakeDependencies().deps);
    const { tone, shares, volume } = moodSchema.parse((await ask('GET', '/api/v1/mood?source=odd')).json());
    expect({ tone, shares, volume }).toEqual({ tone: null, shares: null, volume: 0 });
  });

  it('says since when figures are kept if more was requested', async () => {
    const { ask } = await testApi(fakeDependencies().deps);
    const of = async (path: string) => (await ask('GET', `/api/v1/${path}`)).json<{ keptSince?: string; period: { from: string } }>();
    for (const path of ['mood?', 'timeline?', 'breakdown?by=topic&']) {
      const { keptSince, period } = await of(`${path}from=2026-01-01&to=2026-11-01`);
      expect([keptSince, period.from]).toEqual(['2026-08-25T11:00:00.000Z', keptSince]);
      for (const whole of ['period=90d', 'period=24h', 'from=2026-11-20T10:30:00Z', 'from=2027-01-01&to=2027-01-02'])
        expect((await of(path + whole)).keptSince).toBeUndefined();
    }
  });

  it('says of stories and of what moved the mood since when they are known', async () => {
    const retention = { articles: 10 * DAY, rollups: 40 * DAY };
    const { ask } = await testApi(fakeDependencies({ retention }).deps);
    const since = async (path: string) => (await ask('GET', `/api/v1/${path}`)).json<{ keptSince?: string }>().keptSince;
    const [articles, counts] = ['2026-11-13T11:00:00.000Z', '2026-10-14T11:00:00.000Z'];
    expect(await Promise.all(['stories?period=9d', 'stories?period=30d', 'drivers?period=4d', 'drivers?period=9d'].map(since))).toEqual([
      undefined,
      articles,
      undefined,
      articles,
    ]);
    // The period is known and the one before it is not, or not all of it.
    expect(await Promise.all(['drivers?period=9d&by=source', 'drivers?period=30d&by=source', 'drivers?period=20d&by=source&against=usual'].map(since))).toEqual(
      [undefined, counts, counts],
    );
  });

  it('says what is usual, or why that is unknown', async () => {
    const fakes = fakeDependencies();
    const { ask } = await testApi(fakes.deps);
    const mood = async (query = '') => moodSchema.parse((await ask('GET', `/api/v1/mood${query}`)).json());
    expect(await mood()).toMatchObject({ usual: null, noUsual: 'not-enough-history' });
    expect(await mood('?source=odd')).toMatchObject({ usual: null, noUsual: 'nothing-scored' });
    const timeline = timelineSchema.parse((await ask('GET', '/api/v1/timeline')).json());
    expect(timeline).toMatchObject({ usual: null, noUsual: 'not-enough-history' });
    expect(timeline.buckets.map(({ usual }) => usual)).toEqual(timeline.buckets.map(() => null));
  });

  it('gives the usual range, its basis and the verdict', async () => {
    const { deps } = fakeDependencies();
    const range = { low: -0.4, high: -0.2, mean: -0.3, basis: 'reference', days: 395 } as const;
    const usual = { ...range, percentile: 50, standardScore: 0, word: 'as usual' } as const;
    const real = {
      ...deps.real,
      mood: { execute: async (query: Parameters<typeof deps.real.mood.execute>[0]) => ({ ...(await deps.real.mood.execute(query)), usual }) },
      timeline: {
        execute: async (query: Parameters<typeof deps.real.timeline.execute>[0]) => {
          const found = await deps.real.timeline.execute(query);
          return { ...found, usual: { basis: 'own' as const, days: 9 }, buckets: found.buckets.map((bucket) => ({ ...bucket, usual: range })) };
        },
      },
    };
    const { ask } = await testApi({ ...deps, real });
    const mood = moodSchema.parse((await ask('GET', '/api/v1/mood')).json());
    expect([mood.usual, mood.noUsual]).toEqual([usual, undefined]);
    const timeline = timelineSchema.parse((await ask('GET', '/api/v1/timeline')).json());
    expect([timeline.usual, timeline.buckets[0]?.usual]).toEqual([
      { basis: 'own', days: 9 },
      { low: -0.4, high: -0.2, mean: -0.3 },
    ]);
  });

  it('takes a period as times, as a length, and as a length before a time', async () => {
    const { ask } = await testApi(fakeDependencies().deps);
    const period = async (query: string) => moodSchema.parse((await ask('GET', `/api/v1/mood?${query}`)).json()).period;
    expect(await period('from=2026-11-23T05:00:00%2B01:00&to=2026-11-23T06:30:00Z')).toEqual({
      from: '2026-11-23T04:00:00.000Z',
      to: '2026-11-23T07:00:00.000Z',
    });
    expect(await period('period=7d')).toEqual({ from: '2026-11-16T11:00:00.000Z', to: '2026-11-23T11:00:00.000Z' });
    expect(await period('period=2h&to=2026-11-23')).toEqual({ from: '2026-11-22T22:00:00.000Z', to: '2026-11-23T00:00:00.000Z' });
  });

  it.each([
    ['period=0h', 'period'],
    ['period=91d', 'period'],
    ['period=2h&from=2026-11-23', 'period'],
    ['from=yesterday', 'from'],
    ['from=2026-11-23&to=2026-11-22', 'from'],
    ['to=2026-13-01', 'to'],
    ['colour=red', 'colour'],
    ['topic=a%20b', 'topic'],
    ['source=a&source=b', 'source'],
  ])('refuses %s, naming %s', async (query, field) => {
    const { ask } = await testApi(fakeDependencies().deps);
    const response = await ask('GET', `/api/v1/mood?${query}`);
    expect(response.statusCode).toBe(400);
    expect(problemOf(response).errors?.map((error) => error.field)).toEqual([field]);
  });

  it('gives hours for a short period and local days for a long one', async () => {
    const { ask } = await testApi(fakeDependencies().deps);
    const short = timelineSchema.parse((await ask('GET', '/api/v1/timeline?period=3d')).json());
    const long = timelineSchema.parse((await ask('GET', '/api/v1/timeline?period=5d&tz=Europe/Berlin')).json());
    expect([short.dayBegins, long.dayBegins]).toEqual([undefined, '00:00']);
    expect(timelineSchema.parse((await ask('GET', '/api/v1/timeline?period=5d&tz=Asia/Kolkata')).json()).dayBegins).toBe('00:30');
    expect([short.bucket, short.buckets.length, short.tz]).toEqual(['hour', 72, 'UTC']);
    expect([long.bucket, long.buckets.at(-1)?.day, long.tz]).toEqual(['day', '2026-11-23', 'Europe/Berlin']);
    expect(short.buckets.at(-2)).toMatchObject({ observed: true, volume: 1, tone: -0.8 });
    expect(short.buckets[0]).toMatchObject({ observed: false, volume: 0, tone: null });
    expect(long.modelChanges).toEqual([{ at: '2026-11-23T05:20:00.000Z', model: { id: 'fake-model', revision: 'r1' } }]);
  });

  it('says which buckets were imported without having been observed', async () => {
    const { ask } = await testApi(fakeDependencies().deps);
    const { buckets } = timelineSchema.parse((await ask('GET', '/api/v1/timeline?period=5h')).json());
    expect(buckets.map(({ observed, imported }) => [observed, imported])).toEqual([
      [false, false],
      [false, true],
      [false, false],
      [true, false],
      [true, false],
    ]);
  });

  it('reaches as far back as counts are kept, and 90 days by the hour', async () => {
    const { ask } = await testApi(fakeDependencies().deps);
    expect(problemOf(await ask('GET', '/api/v1/timeline?period=91d')).errors).toEqual([{ field: 'period', message: 'must be at most 90d' }]);
    const { ask: askYears } = await testApi(fakeDependencies({ retention: { articles: 30 * DAY, rollups: 400 * DAY } }).deps);
    expect((await askYears('GET', '/api/v1/timeline?period=400d')).statusCode).toBe(200);
    expect(problemOf(await askYears('GET', '/api/v1/timeline?period=401d')).errors).toEqual([{ field: 'period', message: 'must be at most 400d' }]);
    expect(problemOf(await askYears('GET', '/api/v1/timeline?period=91d&bucket=hour')).errors).toEqual([
      { field: 'bucket', message: 'must be day for a period of more than 90 days' },
    ]);
    expect(problemOf(await askYears('GET', `/api/v1/articles/${'z'.repeat(26)}`)).detail).toBe(
      `There is no article ${'z'.repeat(26)}; articles are kept for 30 days.`,
    );
  });

  it('refuses an unknown time zone', async () => {
    const { ask } = await testApi(fakeDependencies().deps);
    expect(problemOf(await ask('GET', '/api/v1/timeline?tz=Mars/North')).errors).toEqual([
      { field: 'tz', message: 'must be an IANA time zone such as Europe/Berlin' },
    ]);
  });

  it('puts topics and sources side by side', async () => {
    const { ask } = await testApi(fakeDependencies().deps);
    const topics = breakdownSchema.parse((await ask('GET', '/api/v1/breakdown?by=topic')).json());
    const sources = breakdownSchema.parse((await ask('GET', '/api/v1/breakdown?by=source&topic=energy')).json());
    expect(topics.rows).toMatchObject([{ id: 'energy', name: 'Energy', volume: 1, topArticle: { id: 'a'.repeat(26), tone: -0.8 }, ready: true }]);
    expect(topics.rows[0]?.sparkline).toHaveLength(24);
    expect(sources).toMatchObject({ by: 'source', topic: 'energy', rows: [{ id: 'daily', name: 'The Daily', volume: 1 }] });
    expect(problemOf(await ask('GET', '/api/v1/breakdown')).errors?.[0]?.field).toBe('by');
  });

  it('says of topics and groups what is usual of each, as their mood does', async () => {
    const { deps } = fakeDependencies();
    const { ask } = await testApi(deps);
    const rows = async (query: string) => breakdownSchema.parse((await ask('GET', `/api/v1/breakdown?${query}`)).json());
    const { noUsual } = moodSchema.parse((await ask('GET', '/api/v1/mood?topic=energy')).json());
    expect(await rows('by=topic&against=usual')).toMatchObject({ against: 'usual', rows: [{ id: 'energy', usual: null, noUsual }] });
    expect(await rows('by=group&against=usual')).toMatchObject({ rows: [{ id: 'News', usual: null, noUsual: 'not-enough-history' }] });
    expect((await rows('by=topic')).rows[0]).not.toHaveProperty('usual');
    expect(problemOf(await ask('GET', '/api/v1/breakdown?by=source&against=usual')).errors).toEqual([
      {
        field: 'against',
        message:
          'cannot be usual by source: there may be too many sources to learn what is usual of each; leave it out, or ask /mood?source=… for what is usual of one',
      },
    ]);
    const verdict = { low: -0.9, high: -0.2, mean: -0.5, percentile: 20, standardScore: -1, basis: 'own', days: 9, word: 'as usual' } as const;
    const breakdown = {
      execute: async (query: Parameters<typeof deps.real.breakdown.execute>[0]) => {
        const found = await deps.real.breakdown.execute(query);
        return { ...found, rows: found.rows.map((row) => ({ ...row, usual: verdict })) };
      },
    };
    const known = await testApi({ ...deps, real: { ...deps.real, breakdown } });
    expect(breakdownSchema.parse((await known.ask('GET', '/api/v1/breakdown?by=topic&against=usual')).json()).rows[0]?.usual).toEqual(verdict);
  });
});
