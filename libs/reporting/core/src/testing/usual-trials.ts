import { HOUR } from '@barometer/kernel';
import type { Period } from '../domain/report';
import { packHours, speakersOf, type SourceHours } from '../domain/packed-hours';
import { learnToneModel, type ToneModel } from '../domain/tone-model';
import { usualOf, usualRange } from '../domain/usual';
import { hoursBetween, normalFrom, randomFrom, simulateNews, toneOver, type SimulatedSource } from './simulated-news';

const FIRST = 24 * 7 * 2_900;
const HISTORY = 28 * 24;

export interface WorldOptions {
  readonly perDay: number;
  readonly copies?: (random: () => number) => number;
  /** Standard deviation of a day's own mood, and how much of it carries over to the next day. */
  readonly dayMood?: number;
  readonly keeps?: number;
  readonly extraDays?: number;
  readonly shiftFrom?: number;
  readonly shift?: number;
}

/** Sources with different tones whose volume varies from day to day and is lower at weekends, for some more than for others. */
export function changingSources(seed: number, perDay: number, days: number, count = 12): SimulatedSource[] {
  const random = randomFrom(seed);
  return Array.from({ length: count }, (_, index) => {
    const weekend = 0.25 + 0.75 * random();
    let wander = 0;
    const activity = Array.from({ length: days }, () => Math.exp((wander = 0.7 * wander + 0.35 * normalFrom(random))));
    return {
      id: `s${index}`,
      bias: 0.3 * normalFrom(random),
      perDay: (perDay / count) * (0.4 + 1.2 * random()),
      activity: (day: number) => (activity[day - FIRST / 24] ?? 1) * ((day + 3) % 7 >= 5 ? weekend : 1),
    };
  });
}

/** The number of articles of a story: usually one, sometimes several, then `size` on average; `mean` articles a story overall. */
export function copiesOf(mean: number, size = 4): (random: () => number) => number {
  const more = (mean - 1) / (size - 1);
  return (random) => (random() < more ? 2 + Math.min(4 * size, Math.floor(-(size - 1.5) * Math.log(1 - random()))) : 1);
}

export function world(
  seed: number,
  { perDay, copies = () => 1, dayMood = 0, keeps = 0, extraDays = 1, shiftFrom = Infinity, shift = 0 }: WorldOptions,
  sources = changingSources(seed, perDay, 28 + extraDays),
) {
  const random = randomFrom(seed + 7_919);
  let mood = 0;
  const moods = Array.from({ length: 28 + extraDays }, () => (mood = keeps * mood + dayMood * Math.sqrt(1 - keeps * keeps) * normalFrom(random)));
  return simulateNews({
    seed: seed + 104_729,
    sources,
    firstHour: FIRST,
    hours: HISTORY + extraDays * 24,
    copies,
    mood: (hour) => (moods[Math.floor((hour - FIRST) / 24)] ?? 0) + 0.05 * Math.sin((hour % 24) / 4) + (hour - FIRST - HISTORY >= shiftFrom ? shift : 0),
  });
}

export const modelOf = (rows: SourceHours): ToneModel => {
  const observed = new Set(Array.from({ length: HISTORY }, (_, index) => FIRST + index));
  const model = learnToneModel([packHours(hoursBetween(rows, FIRST, FIRST + HISTORY))], observed);
  if (!model) throw new Error('a world without news');
  return model;
};

/** The verdict on `length` hours that begin `begin` hours after the history. */
export function verdict(model: ToneModel, rows: SourceHours, begin: number, length: number) {
  const first = FIRST + HISTORY + begin;
  const period: Period = { from: first * HOUR, to: (first + length) * HOUR };
  const window = hoursBetween(rows, first, first + length);
  const found = usualRange(model, period, speakersOf([packHours(window)], first, first + length));
  return 'range' in found ? usualOf(found.range, toneOver(window)) : undefined;
}

/** The share of windows outside of their usual range, over simulated worlds with a stationary mood. */
export function shareOutside(options: WorldOptions & { readonly runs: number; readonly length: number; readonly seed?: number }): number {
  let [outside, all] = [0, 0];
  for (let run = 0; run < options.runs; run += 1) {
    const rows = world((options.seed ?? 1) + run * 31, { ...options, extraDays: Math.max(1, options.length / 24) });
    const model = modelOf(rows);
    for (let begin = 0; begin + options.length <= Math.max(24, options.length); begin += options.length) {
      const found = verdict(model, rows, begin, options.length);
      if (!found) continue;
      all += 1;
      if (found.word !== 'as usual') outside += 1;
    }
  }
  return outside / all;
}

/** The standard deviation of the observed mean tones of a world's 28 days. */
export function deviationOfDays(rows: SourceHours): number {
  const days = Array.from({ length: 28 }, (_, day) => toneOver(hoursBetween(rows, FIRST + day * 24, FIRST + day * 24 + 24)));
  const mean = days.reduce((one, other) => one + other, 0) / days.length;
  return Math.sqrt(days.reduce((total, value) => total + (value - mean) ** 2, 0) / (days.length - 1));
}

/** The share of runs in which a shift by this many standard deviations of days is found within 24 hours. */
export function shareFound({
  deviations,
  runs,
  seed = 1,
  ...options
}: WorldOptions & { readonly deviations: number; readonly runs: number; readonly seed?: number }): number {
  let found = 0;
  for (let run = 0; run < runs; run += 1) {
    const at = seed + run * 37;
    const shift = -deviations * deviationOfDays(world(at, options));
    const rows = world(at, { ...options, shiftFrom: 0, shift });
    if (verdict(modelOf(rows), rows, 0, 24)?.word === 'darker than usual') found += 1;
  }
  return found / runs;
}
