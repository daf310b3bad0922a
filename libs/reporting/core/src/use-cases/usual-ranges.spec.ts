import { DAY, HOUR, ManualClock } from '@barometer/kernel';
import type { SimulatedReports } from '../testing/simulated-reports';
import { simulatedReports } from '../testing/simulated-reports';
import { simulateNews, type SimulatedSource } from '../testing/simulated-news';
import { usualReference, type SourceHome } from '../domain/reference-model';
import { GetMood } from './get-mood.use-case';
import { GetTimeline } from './get-timeline.use-case';
import { UsualRanges } from './usual-ranges';

const FIRST = 24 * 7 * 2_900;
const NOW = (FIRST + 35 * 24) * HOUR - 1;
const model = usualReference.model;
const shipped = [{ at: 0, model }];
const last24 = { from: NOW - DAY + HOUR, to: NOW };
const sources: readonly SimulatedSource[] = [{ id: 'bright', bias: 0.4, perDay: 40 }, { id: 'dark', bias: -0.3, perDay: 60 }, { id: 'plain', bias: 0, perDay: 50 }];
const news = (change: Partial<Parameters<typeof simulateNews>[0]> = {}) => simulateNews({ seed: 21, sources, firstHour: FIRST, hours: 35 * 24, ...change });
const history = news();

function over(reports: Partial<SimulatedReports>, homes: readonly SourceHome[] = []) {
  const store = simulatedReports({ rows: history, models: shipped, ...reports });
  const clock = new ManualClock(NOW);
  const usual = new UsualRanges({ reports: store, clock, homes: async () => homes });
  return { store, clock, mood: new GetMood({ reports: store, usual, clock }), timeline: new GetTimeline({ reports: store, usual, clock }), usual };
}

describe('what is usual of a scope', () => {
  it('comes from its own four weeks before', async () => {
    const { usual } = await over({}).mood.execute({ period: last24 });
    expect(usual).toMatchObject({ basis: 'own', days: 28, word: 'as usual' });
  });

  it('of a source is its own: a dark one is not darker than usual', async () => {
    const { usual, tone } = await over({}).mood.execute({ period: last24, sourceId: 'dark' });
    expect(tone).toBeLessThan(-0.2);
    expect(usual).toMatchObject({ basis: 'own', word: 'as usual', mean: expect.closeTo(-0.33, 1) });
  });

  it('finds a day that is darker', async () => {
    const { usual } = await over({ rows: news({ mood: (hour) => (hour >= FIRST + 34 * 24 ? -0.3 : 0) }) }).mood.execute({ period: last24 });
    expect(usual).toMatchObject({ word: 'darker than usual' });
  });

  it.each([
    { name: 'removed', at: 'bright', factor: 0 }, { name: 'twice as busy', at: 'dark', factor: 2 }, { name: 'added', at: 'dark', factor: 1 },
  ])('does not move by a source that is $name', async ({ name, at, factor }) => {
    const today = FIRST / 24 + 34;
    const rows = news({ sources: sources.map((one) => ({ ...one, activity: (day: number) => (one.id !== at ? 1 : day >= today ? factor : name === 'added' ? 0 : 1) })) });
    expect((await over({ rows }).mood.execute({ period: last24 })).usual).toMatchObject({ word: 'as usual', basis: 'own' });
  });

  it('counts observed days alone, and falls back to the reference under seven', async () => {
    const watched = (days: number) => ({ observed: (hour: number) => hour >= FIRST + (34 - days) * 24 });
    expect((await over(watched(7)).mood.execute({ period: last24 })).usual).toMatchObject({ basis: 'own', days: 7 });
    expect((await over(watched(6)).mood.execute({ period: last24 })).usual).toMatchObject({ basis: 'reference', days: usualReference.days });
  });

  it('counts no day without an article: a scope that hardly ever speaks has no range of its own', async () => {
    const speaks = (every: number) => ({ rows: new Map([['rare', history.get('dark')!.filter(({ hour }) => Math.floor(hour / 24) % every === 0 || hour >= FIRST + 34 * 24)]]) });
    const of = async (every: number) => (await over({ ...speaks(every), models: [{ at: 0, model: { id: 'other', revision: 'r1' } }] }).mood.execute({ period: last24 })).usual;
    expect(await of(2)).toMatchObject({ basis: 'own', days: 14 });
    expect(await of(9)).toEqual({ missing: 'not-enough-history' });
  });

  it('takes the reference of a known publisher, by host or by name', async () => {
    const first = { observed: (hour: number) => hour >= FIRST + 33 * 24 };
    const home = (name: string, url = 'https://x.example/feed') => [{ id: 'dark', name, url }];
    const meanOf = async (homes: readonly SourceHome[]) => {
      const { usual } = await over(first, homes).mood.execute({ period: last24, sourceId: 'dark' });
      return 'mean' in usual ? usual.mean : undefined;
    };
    const reuters = usualReference.publishers.find(({ name }) => name === 'Reuters')!;
    expect(await meanOf(home('reuters'))).toBeCloseTo(reuters.mean, 2);
    expect(await meanOf(home('World', 'https://feeds.reuters.com/world'))).toBeCloseTo(reuters.mean, 2);
    expect(await meanOf(home('Nobody knows'))).toBeCloseTo(usualReference.overall.mean, 4);
  });

  it('says nothing where there is nothing to say it by', async () => {
    const missing = async (reports: Partial<SimulatedReports>, query: { topicId?: string; period?: { from: number; to: number } } = {}) => (await over(reports).mood.execute({ period: last24, ...query })).usual;
    const unwatched = { observed: () => false };
    expect(await missing({ rows: new Map() })).toEqual({ missing: 'nothing-scored' });
    expect(await missing(unwatched, { period: { from: NOW - 90 * DAY, to: NOW } })).toEqual({ missing: 'not-enough-history' });
    expect(await missing({ ...unwatched, models: [{ at: 0, model: { id: 'other', revision: 'r1' } }] })).toEqual({ missing: 'not-enough-history' });
    expect(await missing({ rows: new Map([['new', [...history.get('dark')!].filter(({ hour }) => hour > FIRST + 34 * 24)]]), models: [] })).toEqual({ missing: 'not-enough-history' });
  });

  it('of sources that all are new says nothing', async () => {
    const rows = new Map([...history].map(([id, hours]) => [id, hours.filter(({ hour }) => (id === 'dark') === hour >= FIRST + 34 * 24)]));
    expect((await over({ rows }).mood.execute({ period: last24 })).usual).toEqual({ missing: 'nothing-known' });
    expect((await over({ rows }).timeline.execute({ period: last24, bucket: 'hour' })).usual).toEqual({ missing: 'nothing-known' });
  });

  it('has no reference for a topic, whose tone is its own', async () => {
    const store = simulatedReports({ rows: history, models: shipped, observed: () => false });
    const usual = new UsualRanges({ reports: store, clock: new ManualClock(NOW), homes: async () => [] });
    expect(await usual.of({ topicId: 'war' }, { from: NOW - DAY, to: NOW })).toEqual({ missing: 'not-enough-history' });
  });

  it('does not compare with the scores of another model', async () => {
    const changed = { models: [{ at: 0, model: { id: 'old', revision: 'r0' } }, { at: (FIRST + 20 * 24) * HOUR, model }] };
    expect((await over(changed).mood.execute({ period: last24 })).usual).toMatchObject({ basis: 'own', days: 14 });
  });

  it('is a band in a timeline, by hours and by days, with none where nothing was scored', async () => {
    const { timeline } = over({});
    const hours = await timeline.execute({ period: last24, bucket: 'hour' });
    expect(hours.usual).toEqual({ basis: 'own', days: 28 });
    const outside = hours.buckets.filter(({ tone = 0, usual }) => usual && (tone < usual.low || tone > usual.high));
    expect(outside.length).toBeLessThanOrEqual(4);
    const days = await timeline.execute({ period: { from: NOW - 30 * DAY, to: NOW + DAY }, bucket: 'day' });
    expect(days.buckets.every(({ volume, usual }) => volume === 0 || usual)).toBe(true);
    const width = (buckets: typeof days.buckets) => buckets[1]!.usual!.high - buckets[1]!.usual!.low;
    expect(width(days.buckets)).toBeLessThan(width(hours.buckets));
    expect((await over({ rows: new Map() }).timeline.execute({ period: last24, bucket: 'hour' })).usual).toEqual({ missing: 'nothing-scored' });
  });

  it('reads each finished day once an hour, the last two when the store has changed, and learns four times an hour', async () => {
    let changes = 1;
    const { store, clock, mood, timeline } = over({ watermark: () => changes });
    await Promise.all([mood.execute({ period: last24 }), timeline.execute({ period: last24, bucket: 'hour' })]);
    expect(new Set(store.daysRead).size).toBe(29);
    const observations = jest.spyOn(store, 'observedHours');
    const again = async (wait: number, change = 0) => {
      clock.advance(wait);
      changes += change;
      store.daysRead.length = 0;
      observations.mockClear();
      await mood.execute({ period: last24 });
      return { days: new Set(store.daysRead).size, learned: observations.mock.calls.length > 1 };
    };
    expect(await again(-30 * 60_000)).toEqual({ days: 0, learned: true });
    expect(await again(60_000, 1)).toEqual({ days: 2, learned: false });
    expect(await again(16 * 60_000)).toEqual({ days: 0, learned: true });
    expect((await again(-2 * HOUR)).days).toBeGreaterThan(20);
  });

  it('goes on after an outage', async () => {
    const { usual, store } = over({});
    const failing = jest.spyOn(store, 'observedHours').mockRejectedValueOnce(new Error('down'));
    await expect(usual.of({}, last24)).rejects.toThrow('down');
    failing.mockRestore();
    expect(await usual.of({}, { from: NOW + 1 - DAY, to: NOW + 1 })).toHaveProperty('range');
  });
});
