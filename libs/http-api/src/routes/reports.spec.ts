import { breakdownSchema, moodSchema, timelineSchema } from '../contract';
import { fakeDependencies } from '../testing/fake-dependencies';
import { problemOf, testApi } from '../testing/test-api';

describe('reports', () => {
  it('tells the mood of the last 24 hours', async () => {
    const { ask } = await testApi(fakeDependencies().deps);
    const mood = moodSchema.parse((await ask('GET', '/api/v1/mood')).json());
    expect(mood).toMatchObject({
      period: { from: '2026-11-22T11:00:00.000Z', to: '2026-11-23T11:00:00.000Z' },
      volume: 2, counts: { negative: 1, neutral: 0, positive: 1 }, tone: -0.1, hours: 24, observedHours: 2, sample: false,
    });
  });

  it('says null, not zero, where nothing was scored', async () => {
    const { ask } = await testApi(fakeDependencies().deps);
    const { tone, shares, volume } = moodSchema.parse((await ask('GET', '/api/v1/mood?topic=nothing')).json());
    expect({ tone, shares, volume }).toEqual({ tone: null, shares: null, volume: 0 });
  });

  it('says what is usual, or why it cannot', async () => {
    const fakes = fakeDependencies();
    const { ask } = await testApi(fakes.deps);
    const mood = async (query = '') => moodSchema.parse((await ask('GET', `/api/v1/mood${query}`)).json());
    expect(await mood()).toMatchObject({ usual: null, noUsual: 'not-enough-history' });
    expect(await mood('?topic=nothing')).toMatchObject({ usual: null, noUsual: 'nothing-scored' });
    const timeline = timelineSchema.parse((await ask('GET', '/api/v1/timeline')).json());
    expect(timeline).toMatchObject({ usual: null, noUsual: 'not-enough-history' });
    expect(timeline.buckets.map(({ usual }) => usual)).toEqual(timeline.buckets.map(() => null));
  });

  it('gives the usual range, its basis and the verdict', async () => {
    const { deps } = fakeDependencies();
    const range = { low: -0.4, high: -0.2, mean: -0.3, basis: 'reference', days: 395 } as const;
    const usual = { ...range, percentile: 50, standardScore: 0, word: 'as usual' } as const;
    const real = {
      ...deps.real, mood: { execute: async (query: Parameters<typeof deps.real.mood.execute>[0]) => ({ ...(await deps.real.mood.execute(query)), usual }) },
      timeline: { execute: async (query: Parameters<typeof deps.real.timeline.execute>[0]) => {
        const found = await deps.real.timeline.execute(query);
        return { ...found, usual: { basis: 'own' as const, days: 9 }, buckets: found.buckets.map((bucket) => ({ ...bucket, usual: range })) };
      } },
    };
    const { ask } = await testApi({ ...deps, real });
    const mood = moodSchema.parse((await ask('GET', '/api/v1/mood')).json());
    expect([mood.usual, mood.noUsual]).toEqual([usual, undefined]);
    const timeline = timelineSchema.parse((await ask('GET', '/api/v1/timeline')).json());
    expect([timeline.usual, timeline.buckets[0]?.usual]).toEqual([{ basis: 'own', days: 9 }, { low: -0.4, high: -0.2, mean: -0.3 }]);
  });

  it('takes a period as times, as a length, and as a length before a time', async () => {
    const { ask } = await testApi(fakeDependencies().deps);
    const period = async (query: string) => moodSchema.parse((await ask('GET', `/api/v1/mood?${query}`)).json()).period;
    expect(await period('from=2026-11-23T05:00:00%2B01:00&to=2026-11-23T06:30:00Z')).toEqual({ from: '2026-11-23T04:00:00.000Z', to: '2026-11-23T07:00:00.000Z' });
    expect(await period('period=7d')).toEqual({ from: '2026-11-16T11:00:00.000Z', to: '2026-11-23T11:00:00.000Z' });
    expect(await period('period=2h&to=2026-11-23')).toEqual({ from: '2026-11-22T22:00:00.000Z', to: '2026-11-23T00:00:00.000Z' });
  });

  it.each([
    ['period=0h', 'period'], ['period=91d', 'period'], ['period=2h&from=2026-11-23', 'period'], ['from=yesterday', 'from'],
    ['from=2026-11-23&to=2026-11-22', 'from'], ['to=2026-13-01', 'to'], ['colour=red', 'colour'], ['topic=a%20b', 'topic'], ['source=a&source=b', 'source'],
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

  it('refuses a time zone that nobody knows', async () => {
    const { ask } = await testApi(fakeDependencies().deps);
    expect(problemOf(await ask('GET', '/api/v1/timeline?tz=Mars/North')).errors).toEqual([{ field: 'tz', message: 'must be an IANA time zone such as Europe/Berlin' }]);
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
});
