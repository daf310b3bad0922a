import { DAY, HOUR, ManualClock } from '@barometer/kernel';
import { LEAST_EFFECT } from '../domain/drivers';
import { usualReference, type SourceHome } from '../domain/reference-model';
import type { SourceHours } from '../domain/packed-hours';
import { simulateNews, type SimulatedSource } from '../testing/simulated-news';
import { simulatedReports } from '../testing/simulated-reports';
import { fakeTopics } from '../testing/fakes';
import type { Period, Scope } from '../domain/report';
import type { Topic } from '../domain/topic';
import type { ReportStore } from '../ports/report-store.port';
import { GetBreakdown } from './get-breakdown.use-case';
import { GetDrivers } from './get-drivers.use-case';
import { GetMood } from './get-mood.use-case';
import { MOST_USUAL_ROWS, UsualRanges } from './usual-ranges';

const FIRST = 24 * 7 * 2_900;
const DAYS = 35;
const NOW = (FIRST + DAYS * 24) * HOUR - 1;
const sources: readonly SimulatedSource[] = [
  { id: 'bright', bias: 0.4, perDay: 40 },
  { id: 'dark', bias: -0.3, perDay: 60 },
  { id: 'plain', bias: 0, perDay: 50 },
];
const homes: readonly SourceHome[] = [
  { id: 'bright', name: 'Bright', url: 'https://bright.example' },
  { id: 'dark', name: 'The Guardian', url: 'https://theguardian.com/rss' },
];
const topicOf = (id: string): Topic => ({
  id,
  name: `Topic ${id}`,
  anyOf: [id],
  allOf: [],
  noneOf: [],
  version: 1,
  createdAt: 0,
  changedAt: 0,
  readyVersion: 1,
});
const history = (days: number) => simulateNews({ seed: 8, sources, firstHour: FIRST + (DAYS - days) * 24, hours: days * 24 });
/** The same with more positive or negative last hours, or without one of the previous sources. */
const changed = (rows: SourceHours, hours: number, by: number, without?: string): SourceHours =>
  new Map(
    [...rows].map(([id, all]) => [
      id,
      all
        .filter(({ hour }) => id !== without || hour < FIRST + DAYS * 24 - hours)
        .map((row) =>
          row.hour < FIRST + DAYS * 24 - hours ? row : { ...row, toneSum: row.toneSum + Math.round(by * 1e6 * (row.negative + row.neutral + row.positive)) },
        ),
    ]),
  );

function over(rows: SourceHours, topics: Readonly<Record<string, SourceHours>> = {}) {
  const storeOf = (its: SourceHours) => simulatedReports({ rows: its, models: [{ at: 0, model: usualReference.model }] });
  const [store, none] = [storeOf(rows), storeOf(new Map())];
  const byTopic = new Map(Object.entries(topics).map(([id, its]) => [id, storeOf(its)]));
  const of = <Query extends Scope>({ topicId, ...scope }: Query) => [topicId === undefined ? store : (byTopic.get(topicId) ?? none), scope] as const;
  const reports: ReportStore = Object.assign(Object.create(store) as typeof store, {
    findsEveryStory: true,
    articles: async () => ({ items: [], searchedTo: 0 }),
    heaviestStories: async () => [],
    strongest: async () => undefined,
    hours: (asked: Scope, period: Period) => {
      const [its, scope] = of(asked);
      return its.hours(scope, period);
    },
    sourceDays: (asked: Scope, first: number, end: number) => {
      const [its, scope] = of(asked);
      return its.sourceDays(scope, first, end);
    },
    hoursBy: async (_by: string, scope: Scope, period: Period) =>
      new Map(await Promise.all([...byTopic].map(async ([id, its]) => [id, await its.hours(scope, period)] as const))),
  });
  const clock = new ManualClock(NOW);
  const usual = new UsualRanges({ reports, clock, homes: async () => homes });
  const named = { ...fakeTopics(), list: async () => Object.keys(topics).map(topicOf) };
  const deps = { reports, usual, clock, topics: named, sourceNames: async () => new Map<string, string>(), groups: async () => [] };
  return { mood: new GetMood(deps), breakdown: new GetBreakdown(deps), drivers: new GetDrivers(deps) };
}

/** In the fourth case a plain comparison with the four weeks before would have the other sign, since the mix of sources has changed. */
const cases: [string, SourceHours, number, string][] = [
  ['a darker day', changed(history(DAYS), 24, -0.15), 24, 'own'],
  ['a brighter day', changed(history(DAYS), 24, 0.2), 24, 'own'],
  ['a few hours', changed(history(DAYS), 6, -0.1), 6, 'own'],
  ['a brighter day without its brightest source', changed(history(DAYS), 24, 0.1, 'bright'), 24, 'own'],
  ['the first days of a store, by the reference', changed(history(4), 24, -0.1), 24, 'reference'],
];

describe.each(cases)('what moved the mood compared with what is usual, on %s', (_name, rows, hours, basis) => {
  const period = { from: NOW + 1 - hours * HOUR, to: NOW + 1 };

  it.each(['story', 'topic', 'source'] as const)('sums to the difference in the verdict, by %s', async (by) => {
    const { mood, drivers } = over(rows);
    const verdict = await mood.execute({ period });
    const { found, basis: from } = await drivers.execute({ period, by, against: 'usual', limit: 20 });
    if (!('mean' in verdict.usual) || verdict.tone === undefined) throw new Error('there is something usual');
    expect([verdict.usual.basis, from]).toEqual([basis, basis]);
    expect(found?.difference).toBeCloseTo(verdict.tone - verdict.usual.mean, 6);
    expect(Math.sign(found?.difference ?? 0)).toBe(Math.sign(verdict.usual.standardScore));
    const named = [...(found?.lifted ?? []), ...(found?.lowered ?? [])];
    expect(named.reduce((sum, { effect }) => sum + effect, found?.rest ?? NaN)).toBeCloseTo(found?.difference ?? NaN, 9);
    for (const { effect } of named) expect(Math.abs(effect)).toBeGreaterThanOrEqual(LEAST_EFFECT);
    // Each source has its share of the difference, so the rest reads 0.00.
    if (by === 'source') expect(Math.abs(found?.rest ?? NaN)).toBeLessThan(3 * LEAST_EFFECT);
  });
});

describe('topics compared with what is usual', () => {
  const of = (seed: number, perDay: number, bias: number, days = DAYS) =>
    simulateNews({ seed, sources: sources.map(({ id }) => ({ id, bias, perDay })), firstHour: FIRST + (DAYS - days) * 24, hours: days * 24 });
  const darkerFor = (rows: SourceHours) => changed(rows, 24, -0.25);
  // The sources of war differ from those of all news in tone, and it is told of every day; of the moon, hardly ever; of the flood, only since yesterday.
  const topics = { war: darkerFor(of(31, 12, -0.3)), peace: of(32, 14, 0.35), moon: of(33, 0.4, 0.2), flood: of(34, 20, -0.5, 1) };
  const period = { from: NOW + 1 - DAY, to: NOW + 1 };
  const day = () => over(changed(history(DAYS), 24, -0.1), topics);

  it('have the usual tone of their own verdict and of their row, or the same reason for none', async () => {
    const { mood, breakdown, drivers } = day();
    const answer = await drivers.execute({ period, by: 'topic', against: 'usual', limit: 20 });
    const named = [...(answer.found?.lifted ?? []), ...(answer.found?.lowered ?? [])];
    expect(named.map(({ id }) => id)).toEqual(expect.arrayContaining(['war']));
    for (const { id, before } of named) {
      const { usual } = await mood.execute({ period, topicId: id });
      expect([id, 'mean' in usual && usual.mean]).toEqual([id, expect.closeTo(before.tones / before.volume, 12)]);
    }
    const { rows } = await breakdown.execute({ period, by: 'topic', against: 'usual' });
    const reasons = rows.flatMap(({ id, name, volume, usual }) => (usual && 'missing' in usual && volume > 0 ? [[id, name, volume, usual.missing]] : []));
    expect(reasons.map(([id, , , missing]) => [id, missing])).toEqual([
      ['flood', 'not-enough-history'],
      ['moon', 'too-few-articles'],
    ]);
    expect(answer.withoutUsual.map(({ id, name, told, missing }) => [id, name, told.volume, missing])).toEqual(reasons);
    for (const [id] of reasons) expect(named.map((one) => one.id)).not.toContain(id);
  });

  it('sum to the difference in the verdict, with a rest of what their own usual tones do not explain', async () => {
    const { mood, drivers } = day();
    const [verdict, { found }] = [await mood.execute({ period }), await drivers.execute({ period, by: 'topic', against: 'usual', limit: 20 })];
    if (!('mean' in verdict.usual) || verdict.tone === undefined || !found) throw new Error('there is something usual');
    expect(found.difference).toBeCloseTo(verdict.tone - verdict.usual.mean, 9);
    const effects = [...found.lifted, ...found.lowered].map(({ effect, toneEffect }) => (expect(effect).toBeCloseTo(toneEffect, 12), effect));
    expect(effects.length).toBeGreaterThan(0);
    expect(effects.reduce((sum, effect) => sum + effect, found.rest)).toBeCloseTo(found.difference, 12);
  });

  it('are as many as a breakdown says it of, the largest, and the list of those without is as long as asked for', async () => {
    const many = Object.fromEntries(Array.from({ length: MOST_USUAL_ROWS + 2 }, (_, at) => [`t${10 + at}`, of(50 + at, 1 + at, 0, 1)]));
    const { withoutUsual } = await over(history(DAYS), many).drivers.execute({ period, by: 'topic', against: 'usual', limit: 99 });
    expect(withoutUsual).toHaveLength(MOST_USUAL_ROWS);
    const few = await over(history(DAYS), many).drivers.execute({ period, by: 'topic', against: 'usual', limit: 2 });
    expect(few.withoutUsual).toEqual(withoutUsual.slice(0, 2));
  });
});

it('names no source as a driver that has no usual tone, because it is new or has too few articles', async () => {
  const rows = new Map([...changed(history(DAYS), 24, -0.1)]);
  const since = FIRST + (DAYS - 1) * 24;
  const told = (id: string, first: number) =>
    [...simulateNews({ seed: 9, sources: [{ id, bias: 0.6, perDay: 40 }], firstHour: first, hours: FIRST + DAYS * 24 - first }).values()].flat();
  rows.set('new', told('new', since));
  const rare = told('rare', FIRST);
  rows.set('rare', [...rare.filter(({ hour }) => hour < since), { ...rare[0]!, hour: since + 3, negative: 0, neutral: 0, positive: 2, toneSum: 1_998_000 }]);
  const period = { from: NOW + 1 - DAY, to: NOW + 1 };
  const { found, withoutUsual } = await over(rows).drivers.execute({ period, by: 'source', against: 'usual', limit: 20 });
  expect(withoutUsual.map(({ id, missing }) => [id, missing])).toEqual([
    ['new', 'nothing-known'],
    ['rare', 'too-few-articles'],
  ]);
  const named = [...(found?.lifted ?? []), ...(found?.lowered ?? [])];
  expect(named.map(({ id }) => id)).not.toEqual(expect.arrayContaining(['rare']));
  expect(named.length).toBeGreaterThan(0);
  expect(named.reduce((sum, { effect }) => sum + effect, found?.rest ?? NaN)).toBeCloseTo(found?.difference ?? NaN, 12);
});

it('has the sign of the mood, although a plain comparison with the weeks before has the other one', async () => {
  const rows = changed(history(DAYS), 24, 0.1, 'bright');
  const toneOf = (from: number, to: number) => {
    const all = [...rows.values()].flat().filter(({ hour }) => hour >= from && hour < to);
    return (
      all.reduce((sum, { toneSum }) => sum + toneSum, 0) / 1e6 / all.reduce((sum, { negative, neutral, positive }) => sum + negative + neutral + positive, 0)
    );
  };
  const end = FIRST + DAYS * 24;
  expect(toneOf(end - 24, end) - toneOf(end - 29 * 24, end - 24)).toBeLessThan(0);
  const period = { from: NOW + 1 - DAY, to: NOW + 1 };
  expect((await over(rows).drivers.execute({ period, by: 'source', against: 'usual', limit: 3 })).found?.difference).toBeGreaterThan(0);
});
