import { fromMicro } from '@barometer/kernel';
import { volumeOf } from './figures';
import { pooled, sum, varianceBetween, type Measured } from './spread';
import type { HourCounts } from './report';

/** The scored hours of a scope, by source. */
export type SourceHours = ReadonlyMap<string, readonly HourCounts[]>;

/** Where a usual range comes from: the scope's own past, or the figures that ship with the product. */
export type UsualBasis = 'own' | 'reference';

/** How far means of windows of some length lie from what is expected of them. */
export interface WindowSpread {
  /** Variance of the mood itself from window to window, in tone². */
  readonly mood: number;
  /** By how much articles that are not independent (copies of a story) raise the variance of a mean; at least 1. */
  readonly designEffect: number;
  /** About how many independent windows this was learned from, less one. */
  readonly degrees: number;
}

/** What tone is to be expected of a source at an hour, and how far off that usually is. All tones are in -1...1. */
export interface ToneModel {
  readonly basis: UsualBasis;
  /** Whole days that it was learned from. */
  readonly days: number;
  readonly mean: Measured;
  /** What a source adds to the mean; `undefined` for one of which nothing was learned. */
  source(id: string): Measured | undefined;
  /** What an hour (whole hours since 1970) adds by its place in the week. */
  hour(hour: number): Measured;
  /** The variance of single articles around what is expected of them. */
  readonly articleVariance: number;
  spread(hours: number): WindowSpread;
}

/** Articles of one source in one hour. */
interface Cell {
  readonly source: string;
  readonly hour: number;
  readonly count: number;
  readonly mean: number;
}

interface Effects {
  readonly by: Map<string | number, Measured>;
  /** The spread between groups, which is what is not known of a group that was never seen. */
  readonly between: number;
}

/** Without a single hour with two articles, tones are taken to differ this much, as real headlines do. */
const USUAL_VARIANCE = 0.25;
const LEAST_VARIANCE = 1e-4;
/** Sources that resembled each other so far may be joined by one that does not: the mean tones of 55 real publishers differ by 0.32. */
const LEAST_BETWEEN_SOURCES = 0.3 ** 2;
const ROUNDS = 3;
const none: Measured = { value: 0, variance: 0 };
const NO_EFFECTS: Effects = { by: new Map(), between: 0 };

/** 0...167; 0 is the first hour of a Monday, UTC. The hours since 1970 began on a Thursday. */
export const hourOfWeek = (hour: number): number => (((hour + 72) % 168) + 168) % 168;
const dayOf = (hour: number): number => Math.floor(hour / 24);

/** The parts of an expected tone besides the mean: each article belongs to one group of each. */
const factors: readonly ((cell: Pick<Cell, 'source' | 'hour'>) => string | number)[] = [
  ({ source }) => source, ({ hour }) => hourOfWeek(hour) % 24, ({ hour }) => Math.floor(hourOfWeek(hour) / 24), ({ hour }) => hourOfWeek(hour),
];

/**
 * Learns what is usual: tone = mean + source + hour of the day + day of the week + hour of the week + what is left. Each part is
 * shrunk towards 0 as far as its groups differ no more than chance makes them; days are the units, since the articles of a
 * day share its mood. Only hours that were observed count. `undefined` where none was.
 */
export function learnToneModel(rows: SourceHours, observed: ReadonlySet<number>): ToneModel | undefined {
  const hours = [...rows].flatMap(([source, counts]) => counts.filter(({ hour }) => observed.has(hour)).map((one) => ({ source, ...one, count: volumeOf(one) }))).filter(({ count }) => count > 0);
  if (hours.length === 0) return undefined;
  const articleVariance = varianceInside(hours);
  const cells: Cell[] = hours.map(({ source, hour, count, toneSum }) => ({ source, hour, count, mean: fromMicro(toneSum) / count }));
  const groups = factors.map((factor) => cells.map(factor));
  let mean: Measured = none;
  let effects = factors.map(() => NO_EFFECTS);
  const rest = (without: number | 'mean') => cells.map((cell, index) =>
    cell.mean - (without === 'mean' ? 0 : mean.value) - sum(effects.map(({ by }, factor) => (factor === without ? 0 : (by.get(groups[factor]?.[index] ?? '')?.value ?? 0)))));
  for (let round = 0; round < ROUNDS; round += 1) {
    mean = meanOfDays(cells, rest('mean'), articleVariance);
    for (const factor of factors.keys()) effects = effects.with(factor, effectsOf(cells, groups[factor] ?? [], rest(factor), { variance: articleVariance, least: factor === 0 ? LEAST_BETWEEN_SOURCES : 0 }));
  }
  const left = rest(-1);
  const series = leftByHour(cells, left);
  const [sources = NO_EFFECTS, ...times] = effects;
  const spreads = new Map<number, WindowSpread>();
  return {
    basis: 'own', days: Math.floor(observed.size / 24), mean, articleVariance,
    source: (id) => sources.by.get(id),
    hour: (hour) => times.map(({ by, between }, index) => by.get(factors[index + 1]?.({ source: '', hour }) ?? 0) ?? { value: 0, variance: between })
      .reduce((one, other) => ({ value: one.value + other.value, variance: one.variance + other.variance })),
    spread: (length) => {
      const found = spreads.get(length) ?? spreadOf(series, observed, length, articleVariance);
      spreads.set(length, found);
      return found;
    },
  };
}

function varianceInside(hours: readonly (HourCounts & { readonly count: number })[]): number {
  let squares = 0;
  let degrees = 0;
  for (const { count, toneSum, toneSquares } of hours) {
    if (count < 2) continue;
    squares += Math.max(0, fromMicro(toneSquares) - fromMicro(toneSum) ** 2 / count);
    degrees += count - 1;
  }
  return degrees < 10 ? USUAL_VARIANCE : Math.max(LEAST_VARIANCE, squares / degrees);
}

interface Sums { count: number; total: number }

function sumsBy<Key>(keys: Iterable<Key>, cells: readonly Cell[], values: readonly number[]): Map<Key, Sums> {
  const found = new Map<Key, Sums>();
  let index = 0;
  for (const key of keys) {
    const sums = found.get(key) ?? { count: 0, total: 0 };
    const count = cells[index]?.count ?? 0;
    sums.count += count;
    sums.total += count * (values[index] ?? 0);
    found.set(key, sums);
    index += 1;
  }
  return found;
}

const measured = ({ count, total }: Sums, variance: number): Measured => ({ value: total / count, variance: variance / count });

function meanOfDays(cells: readonly Cell[], values: readonly number[], variance: number): Measured {
  const days = [...sumsBy(cells.map(({ hour }) => dayOf(hour)), cells, values).values()].map((sums) => measured(sums, variance));
  return pooled(days, varianceBetween([days]));
}

function effectsOf(cells: readonly Cell[], groups: readonly (string | number)[], values: readonly number[], { variance, least }: { readonly variance: number; readonly least: number }): Effects {
  const byGroup = new Map<string | number, Map<number, Sums>>();
  cells.forEach(({ hour, count }, index) => {
    const group = groups[index] ?? '';
    const days = byGroup.get(group) ?? new Map<number, Sums>();
    const sums = days.get(dayOf(hour)) ?? { count: 0, total: 0 };
    sums.count += count;
    sums.total += count * (values[index] ?? 0);
    byGroup.set(group, days.set(dayOf(hour), sums));
  });
  const families = [...byGroup].map(([group, days]) => ({ group, days: [...days.values()].map((sums) => measured(sums, variance)) }));
  const day = varianceBetween(families.map(({ days }) => days));
  const means = families.map(({ group, days }) => ({ group, ...pooled(days, day) }));
  const between = Math.max(least, varianceBetween([means]));
  const centre = pooled(means, between).value;
  // A group of which little is known stays near the centre: the best linear guess under this spread.
  return { between, by: new Map(means.map(({ group, value, variance: error }) => [group, { value: (value - centre) * between / (between + error), variance: between * error / (between + error) }])) };
}

/** What is left unexplained in an hour, over all sources. */
interface LeftHour { readonly hour: number; readonly count: number; readonly total: number }

function leftByHour(cells: readonly Cell[], left: readonly number[]): LeftHour[] {
  return [...sumsBy(cells.map(({ hour }) => hour), cells, left)].map(([hour, sums]) => ({ hour, ...sums })).sort((one, other) => one.hour - other.hour);
}

/** Longer windows are put together from days. */
const LONGEST_MEASURED = 48;
const MOST_LAGS = 6;

function spreadOf(series: readonly LeftHour[], observed: ReadonlySet<number>, length: number, variance: number): WindowSpread {
  if (length <= LONGEST_MEASURED) return measuredSpread(windowsOf(series, observed, length, Math.max(1, Math.floor(length / 4))), length, variance);
  const days = windowsOf(series, observed, 24, 24);
  const day = measuredSpread(windowsOf(series, observed, 24, 6), 24, variance);
  const count = length / 24;
  // The mean of days that resemble their neighbours varies more than that of independent ones.
  const centred = days.map(({ total, count: articles }) => total / articles);
  const own = sum(centred.map((value) => value * value)) / Math.max(1, centred.length);
  let factor = 1;
  for (let lag = 1; lag <= Math.min(MOST_LAGS, Math.ceil(count) - 1, days.length - 2); lag += 1) {
    const both = sum(centred.slice(lag).map((value, index) => value * (centred[index] ?? 0))) / Math.max(1, centred.length - lag);
    factor += 2 * (1 - lag / (MOST_LAGS + 1)) * (own > 0 ? both / own : 0);
  }
  return { ...day, mood: (day.mood * Math.max(1, factor)) / count, designEffect: day.designEffect * Math.max(1, factor) };
}

interface LeftWindow { count: number; total: number }

/** Windows of this length that were observed for at least nine tenths. */
function windowsOf(series: readonly LeftHour[], observed: ReadonlySet<number>, length: number, step: number): LeftWindow[] {
  const [first, last] = [series[0]?.hour ?? 0, series.at(-1)?.hour ?? -1];
  const size = last - first + 2;
  const [seen, counts, totals] = [new Float64Array(size), new Float64Array(size), new Float64Array(size)];
  for (const { hour, count, total } of series) {
    counts[hour - first + 1] = count;
    totals[hour - first + 1] = total;
  }
  for (let at = 1; at < size; at += 1) {
    seen[at] = (seen[at - 1] ?? 0) + Number(observed.has(first + at - 1));
    counts[at] = (counts[at] ?? 0) + (counts[at - 1] ?? 0);
    totals[at] = (totals[at] ?? 0) + (totals[at - 1] ?? 0);
  }
  const between = (sums: Float64Array, end: number) => (sums[end] ?? 0) - (sums[end - length] ?? 0);
  const found: LeftWindow[] = [];
  for (let end = size - 1; end >= length; end -= step) {
    if (between(seen, end) >= 0.9 * length && between(counts, end) > 0) found.push({ count: between(counts, end), total: between(totals, end) });
  }
  return found;
}

/** The two parts of squared differences, mood + designEffect · variance / articles, by weighted least squares within their bounds. */
function measuredSpread(windows: readonly LeftWindow[], length: number, variance: number): WindowSpread {
  const points = windows.map(({ count, total }) => ({ x: variance / count, y: (total / count) ** 2 }));
  let [mood, designEffect] = [0, 1];
  for (let round = 0; round < 5 && points.length > 2; round += 1) {
    let [w, wx, wy, wxx, wxy] = [0, 0, 0, 0, 0];
    for (const { x, y } of points) {
      const weight = 1 / (mood + designEffect * x) ** 2;
      w += weight; wx += weight * x; wy += weight * y; wxx += weight * x * x; wxy += weight * x * y;
    }
    const determinant = w * wxx - wx * wx;
    const slope = determinant > 1e-12 * w * wxx ? (w * wxy - wx * wy) / determinant : wxy / wxx;
    designEffect = Math.max(1, slope);
    mood = Math.max(0, (wy - designEffect * wx) / w);
    if (mood === 0) designEffect = Math.max(1, wxy / wxx);
  }
  // Windows overlap; two figures were fitted to them, and the effects to what they hold.
  const independent = (windows.length * Math.max(1, Math.floor(length / 4))) / length;
  const degrees = Math.max(3, independent - 2);
  const fitted = Math.max(1, independent) / Math.max(1, independent - 2);
  return { mood: mood * fitted, designEffect: designEffect * fitted, degrees };
}
