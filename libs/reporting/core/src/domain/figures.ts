import type { Label } from '@barometer/events';
import { addContribution, fromMicro } from '@barometer/kernel';
import type { Counts, HourCounts } from './report';

/** Figures from counts. Shares are 0...1 and sum to 1; tone is the mean in -1...1. */
export interface Figures {
  readonly counts: Counts;
  /** How many articles were scored. */
  readonly volume: number;
  readonly shares: Readonly<Record<Label, number>>;
  /** Absent if nothing was scored: no articles is not a neutral mood. */
  readonly tone?: number;
  /** Standard error of the mean tone; absent with fewer than two articles. */
  readonly standardError?: number;
}

export const noCounts: Counts = { negative: 0, neutral: 0, positive: 0, toneSum: 0, toneSquares: 0 };

export const volumeOf = (counts: Counts): number => counts.negative + counts.neutral + counts.positive;

/** The sum of counts. All values are whole numbers, so the order does not matter. */
export function addCounts(all: Iterable<Counts>): Counts {
  // No object per hour, since a period has tens of thousands of hours by source.
  let [negative, neutral, positive, toneSum, toneSquares] = [0, 0, 0, 0, 0];
  for (const counts of all) {
    negative += counts.negative;
    neutral += counts.neutral;
    positive += counts.positive;
    toneSum += counts.toneSum;
    toneSquares += counts.toneSquares;
  }
  return { negative, neutral, positive, toneSum, toneSquares };
}

/** The sum of the hours of several scopes, oldest first. */
export function addHours(all: Iterable<readonly HourCounts[]>): HourCounts[] {
  const sums = new Map<number, HourCounts>();
  for (const rows of all) {
    for (const row of rows) {
      const sum = sums.get(row.hour);
      sums.set(row.hour, sum ? { hour: row.hour, ...addContribution(sum, row) } : row);
    }
  }
  return [...sums.values()].sort((one, other) => one.hour - other.hour);
}

/** The mean tone in -1...1; `undefined` where nothing was scored. */
export function meanTone(counts: Counts): number | undefined {
  const volume = volumeOf(counts);
  return volume === 0 ? undefined : fromMicro(counts.toneSum) / volume;
}

/**
 * The standard error of the mean tone, sqrt(s² / n) with the sample variance s² = (Σt² - n·mean²) / (n - 1).
 * `undefined` with fewer than two articles, which show no spread.
 */
export function standardErrorOf(counts: Counts): number | undefined {
  const volume = volumeOf(counts);
  const mean = meanTone(counts);
  if (mean === undefined || volume < 2) return undefined;
  const variance = (fromMicro(counts.toneSquares) - volume * mean * mean) / (volume - 1);
  return Math.sqrt(Math.max(0, variance) / volume);
}

export function figuresOf(counts: Counts): Figures {
  const volume = volumeOf(counts);
  const share = (count: number) => (volume === 0 ? 0 : count / volume);
  const tone = meanTone(counts);
  const standardError = standardErrorOf(counts);
  return {
    counts,
    volume,
    shares: { negative: share(counts.negative), neutral: share(counts.neutral), positive: share(counts.positive) },
    ...(tone !== undefined && { tone }),
    ...(standardError !== undefined && { standardError }),
  };
}
