import type { Label } from '@barometer/events';
import { addContribution, fromMicro } from '@barometer/kernel';
import type { Counts } from './report';

/** What counts say. Shares are 0...1 and sum to 1; tone is the mean in -1...1. */
export interface Figures {
  readonly counts: Counts;
  /** How many articles were scored. */
  readonly volume: number;
  readonly shares: Readonly<Record<Label, number>>;
  /** Absent where nothing was scored: no articles is not a neutral mood. */
  readonly tone?: number;
  /** Standard error of the mean tone; absent under two articles. */
  readonly standardError?: number;
}

export const noCounts: Counts = { negative: 0, neutral: 0, positive: 0, toneSum: 0, toneSquares: 0 };

export const volumeOf = (counts: Counts): number => counts.negative + counts.neutral + counts.positive;

/** Counts added up. All parts are whole numbers, so that the order does not matter. */
export function addCounts(all: Iterable<Counts>): Counts {
  let sum = noCounts;
  for (const counts of all) sum = addContribution(sum, counts);
  return sum;
}

/** The mean tone in -1...1; `undefined` where nothing was scored. */
export function meanTone(counts: Counts): number | undefined {
  const volume = volumeOf(counts);
  return volume === 0 ? undefined : fromMicro(counts.toneSum) / volume;
}

/**
 * The standard error of the mean tone, sqrt(s² / n) with the sample variance s² = (Σt² - n·mean²) / (n - 1).
 * `undefined` under two articles, which say nothing about their spread.
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
