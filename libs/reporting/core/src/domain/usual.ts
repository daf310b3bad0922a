import { hoursIn } from './period';
import type { Speakers } from './packed-hours';
import type { Period } from './report';
import { normalShareBelow, quantile95 } from './spread';
import type { ToneModel, UsualBasis } from './tone-model';

export const usualWords = ['darker than usual', 'as usual', 'calmer than usual'] as const;

/** A tone against its usual range: within it, under it, or above it. */
export type UsualWord = (typeof usualWords)[number];

/** What tones a window of this length, with these sources at these hours, has in 95 of 100 usual cases. */
export interface UsualRange {
  readonly low: number;
  readonly high: number;
  /** What is expected. */
  readonly mean: number;
  readonly basis: UsualBasis;
  /** Days of history behind it. */
  readonly days: number;
}

/** With the standard deviation of usual windows around the mean. */
export interface DeviatingRange extends UsualRange {
  readonly deviation: number;
}

export interface Usual extends UsualRange {
  /** The share of usual windows with a lower tone, 0...100. */
  readonly percentile: number;
  /** How many standard deviations of usual windows the tone lies above (below: negative) what is expected. */
  readonly standardScore: number;
  readonly word: UsualWord;
}

/**
 * Why nothing can be said of what is usual.
 * - `nothing-scored`: the window has no scored article.
 * - `not-enough-history`: in the 28 days before the window the scope has under 7 that were observed and have an article, scored by the model that scores now, and the
 *   reference does not fit: it knows publishers and no topics, and the tones of the shipped model only.
 * - `nothing-known`: none of the sources that speak in the window spoke before.
 */
export type NoUsual = 'nothing-scored' | 'not-enough-history' | 'nothing-known';

/** The days of history that make a range of its own; before, figures that ship with the product stand in. */
export const LEAST_OWN_DAYS = 7;
/** The days before a window that say what is usual for it. */
export const HISTORY_DAYS = 28;

const inTones = (tone: number): number => Math.min(1, Math.max(-1, tone));

/**
 * The usual range of a window. Its variance is that of the mood from window to window, that of a mean of so many articles
 * (copies counted as what they are), and what is not known exactly: the mean, the sources, the hours. A source without a
 * history is taken as it speaks now, so that adding it moves nothing. `undefined` for a window without an article of a
 * known source: what is usual depends on who speaks.
 */
export function usualRange(model: ToneModel, period: Period, { volume, sources, hours }: Speakers): DeviatingRange | undefined {
  let [mean, unknown, known] = [0, 0, 0];
  for (const [id, spoken] of sources) {
    const share = spoken.volume / volume;
    const source = model.source(id);
    if (!source) {
      mean += spoken.tones / volume;
      continue;
    }
    known += share;
    mean += share * (model.mean.value + source.value);
    unknown += share ** 2 * source.variance;
  }
  if (known === 0) return undefined;
  for (const [hour, count] of hours) {
    const { value, variance } = model.hour(hour);
    const share = (known * count) / volume;
    mean += share * value;
    unknown += share ** 2 * variance;
  }
  const { mood, designEffect, degrees } = model.spread(hoursIn(period));
  const deviation = Math.sqrt(known ** 2 * (mood + model.mean.variance) + (known * designEffect * model.articleVariance) / volume + unknown);
  const reach = quantile95(degrees) * deviation;
  return { mean: inTones(mean), low: inTones(mean - reach), high: inTones(mean + reach), basis: model.basis, days: model.days, deviation };
}

/** Where a tone lies in its usual range. The word says the same as the picture: outside of the range or not. */
export function usualOf(range: DeviatingRange, tone: number): Usual {
  const { deviation, ...usual } = range;
  const standardScore = (tone - usual.mean) / deviation;
  const word = tone < usual.low ? 'darker than usual' : tone > usual.high ? 'calmer than usual' : 'as usual';
  return { ...usual, standardScore, percentile: 100 * normalShareBelow(standardScore), word };
}
