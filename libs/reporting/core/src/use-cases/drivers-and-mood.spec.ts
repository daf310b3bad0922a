import { DAY, HOUR, ManualClock } from '@barometer/kernel';
import { LEAST_EFFECT } from '../domain/drivers';
import { usualReference, type SourceHome } from '../domain/reference-model';
import type { SourceHours } from '../domain/packed-hours';
import { simulateNews, type SimulatedSource } from '../testing/simulated-news';
import { simulatedReports } from '../testing/simulated-reports';
import { fakeTopics } from '../testing/fakes';
import { GetDrivers } from './get-drivers.use-case';
import { GetMood } from './get-mood.use-case';
import { UsualRanges } from './usual-ranges';

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

function over(rows: SourceHours) {
  const store = simulatedReports({ rows, models: [{ at: 0, model: usualReference.model }] });
  const reports = Object.assign(Object.create(store) as typeof store, {
    findsEveryStory: true,
    articles: async () => ({ items: [], searchedTo: 0 }),
    heaviestStories: async () => [],
    hoursBy: async () => new Map(),
  });
  const clock = new ManualClock(NOW);
  const usual = new UsualRanges({ reports, clock, homes: async () => homes });
  return {
    mood: new GetMood({ reports, usual, clock }),
    drivers: new GetDrivers({ reports, usual, clock, topics: fakeTopics(), sourceNames: async () => new Map() }),
  };
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
