import { DAY, HOUR, ManualClock } from '@barometer/kernel';
import type { SimulatedReports } from '../testing/simulated-reports';
import { simulatedReports } from '../testing/simulated-reports';
import { simulateNews, type SimulatedSource } from '../testing/simulated-news';
import { usualReference, type SourceHome } from '../domain/reference-model';
import { GetMood } from './get-mood.use-case';
import { GetTimeline } from './get-timeline.use-case';
import type { FoundRange } from '../domain/usual';
import { UsualRanges } from './usual-ranges';

const FIRST = 24 * 7 * 2_900;
const NOW = (FIRST + 35 * 24) * HOUR - 1;
const model = usualReference.model;
const shipped = [{ at: 0, model }];
const last24 = { from: NOW - DAY + HOUR, to: NOW };
const sources: readonly SimulatedSource[] = [
  { id: 'bright', bias: 0.4, perDay: 40 },
  { id: 'dark', bias: -0.3, perDay: 60 },
  { id: 'plain', bias: 0, perDay: 50 },
];
const news = (change: Partial<Parameters<typeof simulateNews>[0]> = {}) => simulateNews({ seed: 21, sources, firstHour: FIRST, hours: 35 * 24, ...change });
const history = news();

function over(reports: Partial<SimulatedReports>, homes: readonly SourceHome[] = []) {
  const store = simulatedReports({ rows: history, models: shipped, ...reports });
  const clock = new ManualClock(NOW);
  const usual = new UsualRanges({ reports: store, clock, homes: async () => homes });
  return { store, clock, mood: new GetMood({ reports: store, usual, clock }), timeline: new GetTimeline({ reports: store, usual, clock }), usual };
}

describe('the usual range of a scope', () => {
  it('comes from its own previous four weeks', async () => {
    const { usual } = await over({}).mood.execute({ period: last24 });
    expect(usual).toMatchObject({ basis: 'own', days: 28, word: 'as usual' });
  });

  it('is the same for a window alone and among overlapping ones', async () => {
    const { usual } = over({});
    const from = (FIRST + 30 * 24) * HOUR;
    const windows = Array.from({ length: 24 }, (_, hour) => ({ from: from + hour * HOUR, to: from + (hour + 24) * HOUR }));
    const together = await usual.ofParts({}, { from, to: from + 47 * HOUR }, windows);
    const alone = await Promise.all(windows.map((window) => over({}).usual.ofParts({}, window, [window])));
    const rounded = (found: FoundRange | undefined) =>
      found && 'range' in found ? [found.range.low, found.range.high].map((one) => one.toFixed(9)) : undefined;
    const expected = alone.map((found) => rounded('ranges' in found ? found.ranges[0] : undefined));
    expect(expected).not.toContain(undefined);
    expect('ranges' in together && together.ranges.map(rounded)).toEqual(expected);
  });

  it("is a source's own: a source that is always negative is not darker than usual", async () => {
    const { usual, tone } = await over({}).mood.execute({ period: last24, sourceId: 'dark' });
    expect(tone).toBeLessThan(-0.2);
    expect(usual).toMatchObject({ basis: 'own', word: 'as usual', mean: expect.closeTo(-0.33, 1) });
  });

  it('detects a darker day', async () => {
    const { usual } = await over({ rows: news({ mood: (hour) => (hour >= FIRST + 34 * 24 ? -0.3 : 0) }) }).mood.execute({ period: last24 });
    expect(usual).toMatchObject({ word: 'darker than usual' });
  });

  it.each([
    { name: 'removed', at: 'bright', factor: 0 },
    { name: 'twice as busy', at: 'dark', factor: 2 },
    { name: 'added', at: 'dark', factor: 1 },
  ])('does not change with a source that is $name', async ({ name, at, factor }) => {
    const today = FIRST / 24 + 34;
    const rows = news({
      sources: sources.map((one) => ({ ...one, activity: (day: number) => (one.id !== at ? 1 : day >= today ? factor : name === 'added' ? 0 : 1) })),
    });
    expect((await over({ rows }).mood.execute({ period: last24 })).usual).toMatchObject({ word: 'as usual', basis: 'own' });
  });

  it('counts only observed days, and falls back to the reference with fewer than seven', async () => {
    const watched = (days: number) => ({ observed: (hour: number) => hour >= FIRST + (34 - days) * 24 });
    expect((await over(watched(7)).mood.execute({ period: last24 })).usual).toMatchObject({ basis: 'own', days: 7 });
    expect((await over(watched(6)).mood.execute({ period: last24 })).usual).toMatchObject({ basis: 'reference', days: usualReference.days });
  });

  it('counts days that were imported completely, and no fragments of a day', async () => {
    const first = FIRST + 34 * 24;
    const archive = (rows: SimulatedReports['rows'], from = FIRST) => ({
      rows,
      observed: () => false,
      imported: (hour: number) => hour >= from && hour < first && [...rows.values()].some((own) => own.some((one) => one.hour === hour)),
    });
    const usualOver = async (reports: Partial<SimulatedReports>, sourceId?: string) =>
      (await over(reports).mood.execute({ period: last24, ...(sourceId && { sourceId }) })).usual;
    expect(await usualOver(archive(history))).toMatchObject({ basis: 'own', days: 28, word: 'as usual' });
    expect(await usualOver(archive(history), 'dark')).toMatchObject({ basis: 'own', days: 28, word: 'as usual' });
    expect(await usualOver(archive(history, first - 6 * 24))).toMatchObject({ basis: 'reference' });
    const scraps = new Map([...history].map(([id, hours]) => [id, hours.filter(({ hour }) => hour >= first || hour % 24 === 9)]));
    expect(await usualOver(archive(scraps))).toMatchObject({ basis: 'reference' });
    // Six days were observed; the few articles of the others do not matter beside them.
    const watched = (hour: number) => hour >= first - 6 * 24;
    expect(await usualOver({ ...archive(history), observed: watched })).toMatchObject({ basis: 'own', days: 28 });
  });

  it('is learned again after an import into days that were already read', async () => {
    let imported = false;
    const {
      mood,
      clock,
      store,
      usual: { history: kept },
    } = over({ observed: () => false, imported: () => imported });
    const { sourceDays } = store;
    jest.spyOn(store, 'sourceDays').mockImplementation(async function* (...asked) {
      for await (const { day, sources: all } of sourceDays(...asked)) yield { day, sources: imported || day * 24 >= FIRST + 34 * 24 ? all : new Map() };
    });
    const usual = async () => (await mood.execute({ period: last24 })).usual;
    expect(await usual()).toMatchObject({ basis: 'reference' });
    // GetDrivers reads the days in the same way.
    for await (const _ of kept.days({}, FIRST / 24 + 6, FIRST / 24 + 34));
    imported = true;
    clock.advance(16 * 60_000);
    expect(await usual()).toMatchObject({ basis: 'own' });
  });

  it('does not exist for a window with so few articles that chance alone decides', async () => {
    const few = (count: number) => ({
      rows: new Map(
        [...history].map(([id, hours]) => [
          id,
          id === 'dark'
            ? [...hours.filter(({ hour }) => hour < FIRST + 34 * 24), ...hours.filter(({ hour }) => hour >= FIRST + 34 * 24).slice(0, count)]
            : hours.filter(({ hour }) => hour < FIRST + 34 * 24),
        ]),
      ),
    });
    expect((await over(few(1)).mood.execute({ period: last24 })).usual).toEqual({ missing: 'too-few-articles' });
    expect((await over({ ...few(1), observed: () => false }).mood.execute({ period: last24 })).usual).toEqual({ missing: 'too-few-articles' });
    const { usual, buckets } = await over(few(1)).timeline.execute({ period: last24, bucket: 'day' });
    expect([usual, buckets.map((bucket) => bucket.usual)]).toEqual([{ missing: 'too-few-articles' }, buckets.map(() => undefined)]);
    expect((await over(few(20)).mood.execute({ period: last24 })).usual).toHaveProperty('word');
  });

  it('does not exist if it would cover most tones, because the days before differ that much', async () => {
    const swinging = (by: number) => ({ rows: news({ mood: (hour) => (Math.floor(hour / 24) % 2 === 0 ? by : -by) }) });
    expect((await over(swinging(0.1)).mood.execute({ period: last24 })).usual).toHaveProperty('word');
    expect((await over(swinging(0.6)).mood.execute({ period: last24 })).usual).toEqual({ missing: 'too-few-articles' });
  });

  it('counts no day without an article: a scope with few articles has no range of its own', async () => {
    const speaks = (every: number) => ({
      rows: new Map([['rare', history.get('dark')!.filter(({ hour }) => Math.floor(hour / 24) % every === 0 || hour >= FIRST + 34 * 24)]]),
    });
    const of = async (every: number) =>
      (await over({ ...speaks(every), models: [{ at: 0, model: { id: 'other', revision: 'r1' } }] }).mood.execute({ period: last24 })).usual;
    expect(await of(2)).toMatchObject({ basis: 'own', days: 14 });
    expect(await of(9)).toEqual({ missing: 'not-enough-history' });
  });

  it('uses the reference of a known publisher, by host or by name', async () => {
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

  it('does not exist without any data', async () => {
    const missing = async (reports: Partial<SimulatedReports>, query: { topicId?: string; period?: { from: number; to: number } } = {}) =>
      (await over(reports).mood.execute({ period: last24, ...query })).usual;
    const unwatched = { observed: () => false };
    expect(await missing({ rows: new Map() })).toEqual({ missing: 'nothing-scored' });
    expect(await missing(unwatched, { period: { from: NOW - 90 * DAY, to: NOW } })).toEqual({ missing: 'period-too-long' });
    expect(await missing({ ...unwatched, models: [{ at: 0, model: { id: 'other', revision: 'r1' } }] })).toEqual({ missing: 'not-enough-history' });
    expect(await missing({ rows: new Map([['new', [...history.get('dark')!].filter(({ hour }) => hour > FIRST + 34 * 24)]]), models: [] })).toEqual({
      missing: 'not-enough-history',
    });
  });

  it('does not exist if all sources are new', async () => {
    const rows = new Map([...history].map(([id, hours]) => [id, hours.filter(({ hour }) => (id === 'dark') === hour >= FIRST + 34 * 24)]));
    expect((await over({ rows }).mood.execute({ period: last24 })).usual).toEqual({ missing: 'nothing-known' });
    expect((await over({ rows }).timeline.execute({ period: last24, bucket: 'hour' })).usual).toEqual({ missing: 'nothing-known' });
  });

  it('has no reference for a topic, which has its own tone', async () => {
    const store = simulatedReports({ rows: history, models: shipped, observed: () => false });
    const usual = new UsualRanges({ reports: store, clock: new ManualClock(NOW), homes: async () => [] });
    expect(await usual.of({ topicId: 'war' }, { from: NOW - DAY, to: NOW })).toEqual({ missing: 'not-enough-history' });
  });

  it('does not compare with the scores of another model', async () => {
    const changed = {
      models: [
        { at: 0, model: { id: 'old', revision: 'r0' } },
        { at: (FIRST + 20 * 24) * HOUR, model },
      ],
    };
    expect((await over(changed).mood.execute({ period: last24 })).usual).toMatchObject({ basis: 'own', days: 14 });
  });

  it('is a band in a timeline, by hours and by days, with gaps where nothing was scored', async () => {
    const { timeline } = over({ rows: news({ sources: sources.map((one) => ({ ...one, perDay: one.perDay * 4 })) }) });
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

  it('reads each finished day once an hour, the last two when the store has changed, and is learned four times an hour', async () => {
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

  it('is explained by one read of who speaks', async () => {
    const { usual } = over({});
    const days = jest.spyOn(usual.history, 'days');
    const found = await usual.explained({}, last24);
    // Four weeks to learn from, and the period itself.
    expect(days).toHaveBeenCalledTimes(2);
    expect(found).toMatchObject(await usual.of({}, last24));
    expect('sources' in found && [...found.sources.keys()].sort()).toEqual(['bright', 'dark', 'plain']);
    expect(await usual.explained({}, { from: NOW - 32 * DAY, to: NOW })).toEqual({ missing: 'period-too-long' });
  });

  it('recovers after an outage', async () => {
    const { usual, store } = over({});
    const failing = jest.spyOn(store, 'observedHours').mockRejectedValueOnce(new Error('down'));
    await expect(usual.of({}, last24)).rejects.toThrow('down');
    failing.mockRestore();
    expect(await usual.of({}, { from: NOW + 1 - DAY, to: NOW + 1 })).toHaveProperty('range');
  });
});
