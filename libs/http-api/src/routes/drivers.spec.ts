import { driversSchema, moodSchema } from '../contract';
import { fakeDependencies } from '../testing/fake-dependencies';
import { article, sentiment } from '../testing/fake-store';
import { problemOf, testApi } from '../testing/test-api';

const path = '/api/v1/drivers';
const yesterday = Date.parse('2026-11-22T09:20:00Z');

async function api() {
  const { deps, store } = fakeDependencies();
  const before = article('e', { state: 'scored', sentiment: sentiment(0.4), topicIds: ['energy'] });
  store.all.push({ ...before, journey: { ...before.journey, publishedAt: yesterday } });
  return testApi(deps);
}

describe('what moved the mood', () => {
  it.each(['story', 'topic', 'source'])('sums to the difference, by %s', async (by) => {
    const { ask } = await api();
    const found = driversSchema.parse((await ask('GET', `${path}?by=${by}&limit=20`)).json());
    expect(found).toMatchObject({ by, against: 'before', sample: false });
    expect(found.difference).toBeLessThan(0);
    const effects = [...found.lifted, ...found.lowered].map(({ effect, toneEffect, mixEffect }) => {
      expect(toneEffect + mixEffect).toBeCloseTo(effect, 9);
      return effect;
    });
    expect(effects.reduce((sum, effect) => sum + effect, found.rest ?? NaN)).toBeCloseTo(found.difference ?? NaN, 6);
    expect(found.lowered.length).toBeGreaterThan(0);
  });

  it('names the article behind a driver', async () => {
    const { ask } = await api();
    const { lowered } = driversSchema.parse((await ask('GET', path)).json());
    expect(lowered[0]).toMatchObject({ articleId: 'a'.repeat(26), headline: 'Title a of the day', articles: 1, previousArticles: 0, previousTone: null });
  });

  it('claims nothing without a previous period', async () => {
    const { ask } = await testApi(fakeDependencies().deps);
    const { tone, volume } = moodSchema.parse((await ask('GET', '/api/v1/mood')).json());
    expect([typeof tone, volume > 0]).toEqual(['number', true]);
    const nothing = { difference: null, rest: null, lifted: [], lowered: [] };
    expect((await ask('GET', path)).json()).toMatchObject({ ...nothing, tone, previousTone: null, noPrevious: 'nothing-before' });
    const empty = driversSchema.parse((await ask('GET', `${path}?from=2026-11-20&to=2026-11-21`)).json());
    expect(empty).toMatchObject({ ...nothing, tone: null, noPrevious: 'nothing-scored' });
    expect(empty).not.toHaveProperty('noUsual');
  });

  it.each(['24h', '40d'])('gives the reason that the mood gives if there is no usual range, and the tone, over %s', async (period) => {
    const { ask } = await api();
    const { tone, noUsual } = moodSchema.parse((await ask('GET', `/api/v1/mood?period=${period}`)).json());
    expect(noUsual).toBe(period === '40d' ? 'period-too-long' : 'not-enough-history');
    for (const by of ['story', 'topic', 'source']) {
      const found = driversSchema.parse((await ask('GET', `${path}?against=usual&by=${by}&period=${period}`)).json());
      expect(found).toMatchObject({ tone, noUsual, previousTone: null, difference: null, withoutUsual: [] });
      expect(found).not.toHaveProperty('noPrevious');
    }
  });

  it('says that every part was examined, and why no usual range is known', async () => {
    const { ask } = await api();
    expect(driversSchema.parse((await ask('GET', path)).json())).toMatchObject({ searched: 'all' });
    const found = driversSchema.parse((await ask('GET', `${path}?against=usual`)).json());
    expect(found).toMatchObject({ against: 'usual', noUsual: 'not-enough-history', difference: null, lifted: [], lowered: [] });
    expect((await ask('GET', '/api/v1/mood')).json()).toMatchObject({ noUsual: found.noUsual });
  });

  it('lists topics of which it is not known what is usual, with the reason that their mood gives', async () => {
    const { deps } = fakeDependencies();
    const energy = { id: 'energy', name: 'Energy', told: { volume: 2, tones: -0.5 }, missing: 'too-few-articles' as const };
    const execute = async (query: Parameters<typeof deps.real.drivers.execute>[0]) => {
      const { noUsual: _, ...known } = await deps.real.drivers.execute(query);
      const found = { difference: 0.2, rest: 0.2, lifted: [], lowered: [] };
      return { ...known, previousTone: -0.3, basis: 'own' as const, found, withoutUsual: [energy] };
    };
    const { ask } = await testApi({ ...deps, real: { ...deps.real, drivers: { execute } } });
    expect(driversSchema.parse((await ask('GET', `${path}?by=topic&against=usual`)).json())).toMatchObject({
      rest: 0.2,
      lifted: [],
      withoutUsual: [{ id: 'energy', name: 'Energy', articles: 2, tone: -0.25, noUsual: 'too-few-articles' }],
    });
  });

  it.each([
    ['by=topic&topic=energy', 'by'],
    ['by=word', 'by'],
    ['against=never', 'against'],
    ['limit=0', 'limit'],
    ['limit=21', 'limit'],
    ['from=2026-11-23&to=2026-11-22', 'from'],
  ])('refuses %s', async (query, field) => {
    const { ask } = await api();
    expect(problemOf(await ask('GET', `${path}?${query}`)).errors?.[0]?.field).toBe(field);
  });

  it('answers 304 until something changes', async () => {
    const { ask } = await api();
    const headers = { 'if-none-match': String((await ask('GET', path)).headers.etag) };
    expect((await ask('GET', path, { headers })).statusCode).toBe(304);
    expect((await ask('GET', `${path}?by=source`, { headers })).statusCode).toBe(200);
  });
});
