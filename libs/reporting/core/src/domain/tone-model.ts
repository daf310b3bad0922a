import { countCells, type CountedCells, type DaySums } from './counted-cells';
import type { PackedHours } from './packed-hours';
import { pooled, sum, varianceBetween, type Measured } from './spread';

/** The basis of a usual range: the scope's own history, or the figures that ship with the product. */
export type UsualBasis = 'own' | 'reference';

/** The spread of means of windows of some length around their expected tone. */
export interface WindowSpread {
  /** Variance of the mood itself from window to window, in tone². */
  readonly mood: number;
  /** The factor by which dependent articles (copies of a story) raise the variance of a mean; at least 1. */
  readonly designEffect: number;
  /** The approximate number of independent windows behind it, minus one. */
  readonly degrees: number;
}

/** The expected tone of a source at an hour, and its spread. All tones are in -1...1. */
export interface ToneModel {
  readonly basis: UsualBasis;
  /** Days of history: observed, and with a scored article. */
  readonly days: number;
  readonly mean: Measured;
  /** What a source adds to the mean; `undefined` for a source without history. */
  source(id: string): Measured | undefined;
  /** What an hour (whole hours since 1970) adds, by its position in the week. */
  hour(hour: number): Measured;
  /** The variance of single articles around their expected tone. */
  readonly articleVariance: number;
  spread(hours: number): WindowSpread;
}

interface Effects {
  readonly values: readonly (Measured | undefined)[];
  /** The variance between groups, which is the uncertainty about a group without history. */
  readonly between: number;
}

/** Used if no hour has two articles: the variance of real headlines. */
const USUAL_VARIANCE = 0.25;
const LEAST_VARIANCE = 1e-4;
/** Sources that were similar so far may be joined by a different one: the mean tones of 55 real publishers have a spread of 0.32. */
export const LEAST_BETWEEN_SOURCES = 0.3 ** 2;
const ROUNDS = 3;
const none: Measured = { value: 0, variance: 0 };

/** 0...167; 0 is the first hour of a Monday, UTC. 1 January 1970 was a Thursday. */
export const hourOfWeek = (hour: number): number => (((hour + 72) % 168) + 168) % 168;
const dayOf = (hour: number): number => Math.floor(hour / 24);

/** The parts of an expected tone that depend only on the time; each hour belongs to one group of each. */
const times: readonly { readonly size: number; group(hour: number): number }[] = [
  { size: 24, group: (hour) => hourOfWeek(hour) % 24 },
  { size: 7, group: (hour) => Math.floor(hourOfWeek(hour) / 24) },
  { size: 168, group: hourOfWeek },
];

/**
 * Learns the usual tone: tone = mean + source + hour of the day + day of the week + hour of the week + residual. Each
 * part is shrunk towards 0 as far as its groups differ no more than by chance; days are the units, since the articles
 * of a day share its mood. Only observed hours count. `undefined` if there is none.
 */
export function learnToneModel(history: readonly PackedHours[], observed: ReadonlySet<number>): ToneModel | undefined {
  const steps = learning(history, observed);
  for (let step = steps.next(); ; step = steps.next()) if (step.done) return step.value;
}

/** The same in steps of some milliseconds, between which other work may run. */
export function* learning(history: readonly PackedHours[], observed: ReadonlySet<number>): Generator<void, ToneModel | undefined> {
  const cells = yield* countCells(history, observed);
  if (!cells) return undefined;
  const variance = cells.degrees < 10 ? USUAL_VARIANCE : Math.max(LEAST_VARIANCE, cells.squares / cells.degrees);
  const { mean: level, sources, effects, series } = yield* fitted(cells, variance);
  const days = windowsOf(series, observed, 24, 24);
  const persistence = persistenceOf(days);
  const mean = { ...level, variance: level.variance * persistence };
  // Correlated days show less than the full spread.
  const seen = Math.max(0.5, 1 - persistence / Math.max(1, days.length));
  const bySource = new Map(cells.sources.map((id, index) => [id, sources.values[index]]));
  const spreads = new Map<number, WindowSpread>();
  return {
    basis: 'own',
    days: Math.min(Math.floor(observed.size / 24), new Set(series.map(({ hour }) => dayOf(hour))).size),
    mean,
    articleVariance: variance,
    source: (id) => bySource.get(id),
    hour: (hour) =>
      times
        .map(({ group }, index) => effects[index]?.values[group(hour)] ?? { value: 0, variance: effects[index]?.between ?? 0 })
        .reduce((one, other) => ({ value: one.value + other.value, variance: one.variance + other.variance })),
    spread: (length) => {
      const found = spreads.get(length) ?? within(spreadOf(series, observed, length, variance), seen);
      spreads.set(length, found);
      return found;
    },
  };
}

/** A model fitted to a history: its parts, and the residuals. */
interface Fit {
  readonly mean: Measured;
  readonly sources: Effects;
  /** In the order of `times`. */
  readonly effects: readonly Effects[];
  readonly series: readonly LeftHour[];
}

/**
 * Fits one part after another to the residuals of the others, in three rounds. The parts by time have one value per
 * hour for all sources, and the part by source has one value for all hours: so each round passes over the rows twice,
 * and everything else is done on sums.
 */
function* fitted(cells: CountedCells, variance: number): Generator<void, Fit> {
  const { days, hours, sourceDays } = cells;
  const groups = times.map(({ group }) => Int32Array.from(hours.counts, (_, at) => group(cells.firstHour + at)));
  let sources: Effects = { values: [], between: 0 };
  const effects: Effects[] = times.map(() => ({ values: [], between: 0 }));
  let mean: Measured = none;
  let ofSources: Float64Array = new Float64Array(hours.counts.length);
  const effectOf = (index: number, at: number): number => effects[index]?.values[groups[index]?.[at] ?? 0]?.value ?? 0;
  /** The sum of all parts by time for an hour, without this one. */
  const byTime = (at: number, without = -1): number => times.reduce((total, _, index) => (index === without ? total : total + effectOf(index, at)), 0);
  const leftOf = (at: number, without = -1, level = mean.value): number =>
    (hours.totals[at] ?? 0) - (ofSources[at] ?? 0) - (hours.counts[at] ?? 0) * (level + byTime(at, without));

  for (let round = 0; round < ROUNDS; round += 1) {
    const [ofDays = []] = measured(
      hoursBy(
        hours,
        days,
        1,
        () => 0,
        (at) => leftOf(at, -1, 0),
      ),
      days,
      variance,
    );
    mean = pooled(ofDays, varianceBetween([ofDays]));
    const explained = yield* cells.bySource(Float64Array.from(hours.counts, (_, at) => mean.value + byTime(at)));
    sources = effectsOf(
      measured({ counts: sourceDays.counts, totals: sourceDays.totals.map((total, place) => total - (explained[place] ?? 0)) }, days, variance),
      LEAST_BETWEEN_SOURCES,
    );
    ofSources = yield* cells.byHour(Float64Array.from(cells.sources, (_, index) => sources.values[index]?.value ?? 0));
    for (const [index, { size }] of times.entries()) {
      effects[index] = effectsOf(
        measured(
          hoursBy(
            hours,
            days,
            size,
            (at) => groups[index]?.[at] ?? 0,
            (at) => leftOf(at, index),
          ),
          days,
          variance,
        ),
        0,
      );
    }
    yield;
  }
  const series = Array.from(hours.counts, (count, at): LeftHour => ({ hour: cells.firstHour + at, count, total: leftOf(at) })).filter(({ count }) => count > 0);
  return { mean, sources, effects, series };
}

/** Residuals of hours, by group and day. */
function hoursBy(hours: DaySums, days: number, size: number, groupOf: (at: number) => number, leftOf: (at: number) => number): DaySums {
  const found = { counts: new Float64Array(size * days), totals: new Float64Array(size * days) };
  hours.counts.forEach((count, at) => {
    if (count === 0) return;
    const place = groupOf(at) * days + Math.floor(at / 24);
    found.counts[place] = (found.counts[place] ?? 0) + count;
    found.totals[place] = (found.totals[place] ?? 0) + leftOf(at);
  });
  return found;
}

/** Sums by group and day, as measured means of each group's days. */
function measured({ counts, totals }: DaySums, days: number, variance: number): Measured[][] {
  return Array.from({ length: counts.length / days }, (_, group) => {
    const found: Measured[] = [];
    for (let place = group * days; place < (group + 1) * days; place += 1) {
      const one = counts[place] ?? 0;
      if (one > 0) found.push({ value: (totals[place] ?? 0) / one, variance: variance / one });
    }
    return found;
  });
}

function effectsOf(families: readonly Measured[][], least: number): Effects {
  const day = varianceBetween(families);
  const means = families.map((days) => (days.length > 0 ? pooled(days, day) : undefined));
  const known = means.filter((one) => one !== undefined);
  const between = Math.max(least, varianceBetween([known]));
  const centre = pooled(known, between).value;
  // A group with little data stays near the centre: the best linear predictor for this spread.
  const shrunk = ({ value, variance: error }: Measured): Measured => ({
    value: ((value - centre) * between) / (between + error),
    variance: (between * error) / (between + error),
  });
  return { between, values: means.map((one) => one && shrunk(one)) };
}

/** The residual of an hour, over all sources. */
interface LeftHour {
  readonly hour: number;
  readonly count: number;
  readonly total: number;
}

const within = (spread: WindowSpread, seen: number): WindowSpread => ({ ...spread, mood: spread.mood / seen });

/** Longer windows are derived from days. */
const LONGEST_MEASURED = 48;
const MOST_LAGS = 6;

/**
 * The factor by which the mean of many days varies more than if days were independent, from the correlations with up to
 * six days before: 1 + 2 Σ (1 - lag / 7) · correlation; at least 1.
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

interface LeftWindow {
  count: number;
  total: number;
}

/** Windows of this length of which at least nine tenths were observed. */
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

/** The two parts of squared deviations, mood + designEffect · variance / articles, by weighted least squares within their bounds. */
function measuredSpread(windows: readonly LeftWindow[], length: number, variance: number): WindowSpread {
  const points = windows.map(({ count, total }) => ({ x: variance / count, y: (total / count) ** 2 }));
  let [mood, designEffect] = [0, 1];
  for (let round = 0; round < 5 && points.length > 2; round += 1) {
    let [w, wx, wy, wxx, wxy] = [0, 0, 0, 0, 0];
    for (const { x, y } of points) {
      const weight = 1 / (mood + designEffect * x) ** 2;
      w += weight;
      wx += weight * x;
      wy += weight * y;
      wxx += weight * x * x;
      wxy += weight * x * y;
    }
    const determinant = w * wxx - wx * wx;
    const slope = determinant > 1e-12 * w * wxx ? (w * wxy - wx * wy) / determinant : wxy / wxx;
    designEffect = Math.max(1, slope);
    mood = Math.max(0, (wy - designEffect * wx) / w);
    if (mood === 0) designEffect = Math.max(1, wxy / wxx);
  }
  // Corrects for overlapping windows, for the two figures fitted to them, and for the effects fitted to the same data.
  const independent = (windows.length * Math.max(1, Math.floor(length / 4))) / length;
  const degrees = Math.max(3, independent - 2);
  const fitted = Math.max(1, independent) / Math.max(1, independent - 2);
  return { mood: mood * fitted, designEffect: designEffect * fitted, degrees };
}
