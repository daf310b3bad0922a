import { fromMicro } from '@barometer/kernel';
import type { PackedHours } from './packed-hours';
import { pooled, sum, varianceBetween, type Measured } from './spread';

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
  /** Days that it was learned from: observed, and with a scored article. */
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

interface Effects {
  readonly values: readonly (Measured | undefined)[];
  /** The spread between groups, which is what is not known of a group that was never seen. */
  readonly between: number;
}

/** Without a single hour with two articles, tones are taken to differ this much, as real headlines do. */
const USUAL_VARIANCE = 0.25;
const LEAST_VARIANCE = 1e-4;
/** Sources that resembled each other so far may be joined by one that does not: the mean tones of 55 real publishers differ by 0.32. */
export const LEAST_BETWEEN_SOURCES = 0.3 ** 2;
const ROUNDS = 3;
const none: Measured = { value: 0, variance: 0 };

/** 0...167; 0 is the first hour of a Monday, UTC. The hours since 1970 began on a Thursday. */
export const hourOfWeek = (hour: number): number => (((hour + 72) % 168) + 168) % 168;
const dayOf = (hour: number): number => Math.floor(hour / 24);

/** The parts of an expected tone that hang on the time alone; each hour belongs to one group of each. */
const times: readonly { readonly size: number; group(hour: number): number }[] = [
  { size: 24, group: (hour) => hourOfWeek(hour) % 24 }, { size: 7, group: (hour) => Math.floor(hourOfWeek(hour) / 24) }, { size: 168, group: hourOfWeek },
];

/** The observed hours of a history, a row a source and hour. */
interface Cells {
  readonly sources: readonly string[];
  readonly source: Int32Array;
  readonly hour: Int32Array;
  /** Days from the first one. */
  readonly day: Int32Array;
  readonly days: number;
  readonly count: Float64Array;
  readonly mean: Float64Array;
  readonly variance: number;
}

/**
 * Learns what is usual: tone = mean + source + hour of the day + day of the week + hour of the week + what is left. Each part is
 * shrunk towards 0 as far as its groups differ no more than chance makes them; days are the units, since the articles of a
 * day share its mood. Only hours that were observed count. `undefined` where none was.
 */
export function learnToneModel(history: readonly PackedHours[], observed: ReadonlySet<number>): ToneModel | undefined {
  const steps = learning(history, observed);
  for (let step = steps.next(); ; step = steps.next()) if (step.done) return step.value;
}

/** The same in steps of some milliseconds, between which other work may go on. */
export function* learning(history: readonly PackedHours[], observed: ReadonlySet<number>): Generator<void, ToneModel | undefined> {
  const cells = yield* cellsOf(history, observed);
  if (!cells) return undefined;
  const factors = [{ size: cells.sources.length, groups: cells.source, least: LEAST_BETWEEN_SOURCES }];
  for (const { size, group } of times) {
    const groups = new Int32Array(cells.hour.length);
    yield* inParts(groups.length, (at) => {
      groups[at] = group(cells.hour[at] ?? 0);
    });
    factors.push({ size, groups, least: 0 });
  }
  const left = cells.mean.slice();
  const add = (value: number) => inParts(left.length, (at) => {
    left[at] = (left[at] ?? 0) + value;
  });
  let mean: Measured = none;
  const effects: Effects[] = factors.map(() => ({ values: [], between: 0 }));
  for (let round = 0; round < ROUNDS; round += 1) {
    yield* add(mean.value);
    mean = yield* meanOfDays(cells, left);
    yield* add(-mean.value);
    for (const [index, factor] of factors.entries()) {
      yield* shift(left, factor.groups, effects[index]?.values ?? [], 1);
      const found = yield* effectsOf(cells, factor, left);
      effects[index] = found;
      yield* shift(left, factor.groups, found.values, -1);
    }
  }
  const series = leftByHour(cells, left);
  const days = windowsOf(series, observed, 24, 24);
  const persistence = persistenceOf(days);
  mean = { ...mean, variance: mean.variance * persistence };
  // Days that resemble each other show less of how far they may go.
  const seen = Math.max(0.5, 1 - persistence / Math.max(1, days.length));
  const bySource = new Map(cells.sources.map((id, index) => [id, effects[0]?.values[index]]));
  const spreads = new Map<number, WindowSpread>();
  return {
    basis: 'own', days: Math.min(Math.floor(observed.size / 24), new Set(series.map(({ hour }) => dayOf(hour))).size), mean, articleVariance: cells.variance,
    source: (id) => bySource.get(id),
    hour: (hour) => times.map(({ group }, index) => effects[index + 1]?.values[group(hour)] ?? { value: 0, variance: effects[index + 1]?.between ?? 0 })
      .reduce((one, other) => ({ value: one.value + other.value, variance: one.variance + other.variance })),
    spread: (length) => {
      const found = spreads.get(length) ?? within(spreadOf(series, observed, length, cells.variance), seen);
      spreads.set(length, found);
      return found;
    },
  };
}

/** Rows that are worked on between two steps: about a millisecond. */
const PART = 16_384;

function* inParts(size: number, work: (at: number) => void): Generator<void> {
  for (let start = 0; start < size; start += PART) {
    const end = Math.min(size, start + PART);
    for (let at = start; at < end; at += 1) work(at);
    yield;
  }
}

function shift(values: Float64Array, groups: Int32Array, effects: readonly (Measured | undefined)[], sign: number): Generator<void> {
  const by = Float64Array.from(effects, (one) => sign * (one?.value ?? 0));
  return inParts(values.length, (at) => {
    values[at] = (values[at] ?? 0) + (by[groups[at] ?? 0] ?? 0);
  });
}

function* cellsOf(history: readonly PackedHours[], observed: ReadonlySet<number>): Generator<void, Cells | undefined> {
  const sources = [...new Set(history.flatMap((one) => one.sources))];
  const indexes = new Map(sources.map((id, index) => [id, index]));
  const most = history.reduce((total, { hour }) => total + hour.length, 0);
  const [source, hours, count, mean] = [new Int32Array(most), new Int32Array(most), new Float64Array(most), new Float64Array(most)];
  let [size, squares, degrees] = [0, 0, 0];
  for (const packed of history) {
    const own = packed.sources.map((id) => indexes.get(id) ?? 0);
    for (let at = 0; at < packed.hour.length; at += 1) {
      const [hour, volume, tones] = [packed.hour[at] ?? 0, packed.volume[at] ?? 0, fromMicro(packed.toneSum[at] ?? 0)];
      if (volume === 0 || !observed.has(hour)) continue;
      source[size] = own[packed.source[at] ?? 0] ?? 0;
      hours[size] = hour;
      count[size] = volume;
      mean[size] = tones / volume;
      size += 1;
      if (volume < 2) continue;
      squares += Math.max(0, fromMicro(packed.toneSquares[at] ?? 0) - tones ** 2 / volume);
      degrees += volume - 1;
    }
    yield;
  }
  if (size === 0) return undefined;
  const hour = hours.subarray(0, size);
  let [first, last] = [Infinity, -Infinity];
  yield* inParts(size, (at) => {
    first = Math.min(first, dayOf(hour[at] ?? 0));
    last = Math.max(last, dayOf(hour[at] ?? 0));
  });
  const day = new Int32Array(size);
  yield* inParts(size, (at) => {
    day[at] = dayOf(hour[at] ?? 0) - first;
  });
  return {
    sources, source: source.subarray(0, size), hour, day, days: last - first + 1, count: count.subarray(0, size), mean: mean.subarray(0, size),
    variance: degrees < 10 ? USUAL_VARIANCE : Math.max(LEAST_VARIANCE, squares / degrees),
  };
}

/** Sums by group and day, as measured means of the days that each group has. */
function* daysOf({ day, days, count, variance }: Cells, { size, groups }: { readonly size: number; readonly groups: Int32Array | undefined }, values: Float64Array): Generator<void, Measured[][]> {
  const [counts, totals] = [new Float64Array(size * days), new Float64Array(size * days)];
  yield* inParts(values.length, (at) => {
    const place = (groups?.[at] ?? 0) * days + (day[at] ?? 0);
    const one = count[at] ?? 0;
    counts[place] = (counts[place] ?? 0) + one;
    totals[place] = (totals[place] ?? 0) + one * (values[at] ?? 0);
  });
  return Array.from({ length: size }, (_, group) => {
    const found: Measured[] = [];
    for (let place = group * days; place < (group + 1) * days; place += 1) {
      const one = counts[place] ?? 0;
      if (one > 0) found.push({ value: (totals[place] ?? 0) / one, variance: variance / one });
    }
    return found;
  });
}

function* meanOfDays(cells: Cells, values: Float64Array): Generator<void, Measured> {
  const [days = []] = yield* daysOf(cells, { size: 1, groups: undefined }, values);
  return pooled(days, varianceBetween([days]));
}

function* effectsOf(cells: Cells, factor: { readonly size: number; readonly groups: Int32Array; readonly least: number }, values: Float64Array): Generator<void, Effects> {
  const families = yield* daysOf(cells, factor, values);
  const day = varianceBetween(families);
  const means = families.map((days) => (days.length > 0 ? pooled(days, day) : undefined));
  const known = means.filter((one) => one !== undefined);
  const between = Math.max(factor.least, varianceBetween([known]));
  const centre = pooled(known, between).value;
  // A group of which little is known stays near the centre: the best linear guess under this spread.
  const shrunk = ({ value, variance: error }: Measured): Measured => ({ value: ((value - centre) * between) / (between + error), variance: (between * error) / (between + error) });
  return { between, values: means.map((one) => one && shrunk(one)) };
}

/** What is left unexplained in an hour, over all sources. */
interface LeftHour { readonly hour: number; readonly count: number; readonly total: number }

function leftByHour({ hour, count }: Cells, left: Float64Array): LeftHour[] {
  const found = new Map<number, { hour: number; count: number; total: number }>();
  for (let at = 0; at < left.length; at += 1) {
    const one = found.get(hour[at] ?? 0) ?? { hour: hour[at] ?? 0, count: 0, total: 0 };
    one.count += count[at] ?? 0;
    one.total += (count[at] ?? 0) * (left[at] ?? 0);
    found.set(one.hour, one);
  }
  return [...found.values()].sort((one, other) => one.hour - other.hour);
}

const within = (spread: WindowSpread, seen: number): WindowSpread => ({ ...spread, mood: spread.mood / seen });

/** Longer windows are put together from days. */
const LONGEST_MEASURED = 48;
const MOST_LAGS = 6;

/**
 * How much more the mean of many days varies than if each day had a mood of its own, from how days resemble those up to six
 * days before: 1 + 2 Σ (1 - lag / 7) · correlation; at least 1.
 */
function persistenceOf(days: readonly LeftWindow[]): number {
  const values = days.map(({ total, count }) => total / count);
  const own = sum(values.map((value) => value * value)) / Math.max(1, values.length);
  let factor = 1;
  for (let lag = 1; lag <= Math.min(MOST_LAGS, values.length - 2); lag += 1) {
    const both = sum(values.slice(lag).map((value, index) => value * (values[index] ?? 0))) / Math.max(1, values.length - lag);
    factor += 2 * (1 - lag / (MOST_LAGS + 1)) * (own > 0 ? both / own : 0);
  }
  return Math.max(1, factor);
}

function spreadOf(series: readonly LeftHour[], observed: ReadonlySet<number>, length: number, variance: number): WindowSpread {
  if (length <= LONGEST_MEASURED) return measuredSpread(windowsOf(series, observed, length, Math.max(1, Math.floor(length / 4))), length, variance);
  const day = measuredSpread(windowsOf(series, observed, 24, 6), 24, variance);
  const factor = persistenceOf(windowsOf(series, observed, 24, 24));
  return { ...day, mood: (day.mood * factor * 24) / length, designEffect: day.designEffect * factor };
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
