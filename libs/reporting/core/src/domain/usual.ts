import { hoursIn } from './period';
import type { Speakers } from './packed-hours';
import type { Period } from './report';
import { normalShareBelow, quantile95 } from './spread';
import type { ToneModel, UsualBasis } from './tone-model';

export const usualWords = ['darker than usual', 'as usual', 'calmer than usual'] as const;

/** A tone compared with its usual range: within it, below it, or above it. */
export type UsualWord = (typeof usualWords)[number];

/** The range of tones in 95 of 100 usual windows of this length, with these sources at these hours. */
export interface UsualRange {
  readonly low: number;
  readonly high: number;
  /** The expected tone. */
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
  /** How many standard deviations of usual windows the tone is above (below: negative) the expected one. */
  readonly standardScore: number;
  readonly word: UsualWord;
}

/**
 * Why there is no usual range.
 * - `nothing-scored`: the window has no scored article.
 * - `not-enough-history`: in the 28 days before the window the scope has fewer than 7 days that were observed or
 *   imported completely and have an article scored by the present model, and the reference does not fit either: it
 *   covers publishers but no topics, and only tones of the shipped model.
 * - `nothing-known`: none of the sources in the window has a history.
 * - `too-few-articles`: so few were scored, in the window or in its history, that nearly any tone would be usual.
 * - `period-too-long`: the window is longer than 31 days; the days before it are hardly kept any more.
 */
export type NoUsual = 'nothing-scored' | 'not-enough-history' | 'nothing-known' | 'too-few-articles' | 'period-too-long';

/** A range, or why there is none. */
export type FoundRange = { readonly range: DeviatingRange } | { readonly missing: NoUsual };

/** Days of history that are enough for an own range; with fewer, figures that ship with the product are used. */
export const LEAST_OWN_DAYS = 7;
/** The days before a window from which its usual range is learned. */
export const HISTORY_DAYS = 28;

/**
 * A range that reaches further than this to either side covers half of all tones, and means nothing. Single headlines differ by
 * hardly more (64,457 real ones of a publisher have a standard deviation of 0.59).
 */
const FARTHEST = 0.5;

const inTones = (tone: number): number => Math.min(1, Math.max(-1, tone));

/**
 * The usual range of a window. Its variance consists of the mood's from window to window, that of a mean of this many
 * articles (with copies taken into account), and the uncertainty of the mean, the sources and the hours. A source
 * without a history is expected to have its present tone, so that adding it changes nothing. There is no range for a
 * window without an article of a known source, since what is usual depends on the sources, nor for one with too few
 * articles.
 */
export function usualRange(model: ToneModel, period: Period, speakers: Speakers): FoundRange {
  const { volume, sources } = speakers;
  let [mean, unknown, known] = [0, 0, 0];
  for (const [id, expected] of expectedOfSources(model, speakers)) {
    const share = (sources.get(id)?.volume ?? 0) / volume;
    const source = model.source(id);
    mean += share * expected;
    if (!source) continue;
    known += share;
    unknown += share ** 2 * source.variance;
  }
  if (known === 0) return { missing: 'nothing-known' };
  const { mood, designEffect, degrees } = model.spread(hoursIn(period));
  const [chance, quantile] = [(designEffect * model.articleVariance) / volume, quantile95(degrees)];
  unknown += known ** 2 * varianceOfHours(model, speakers);
  const deviation = Math.sqrt(known ** 2 * (mood + model.mean.variance) + known * chance + unknown);
  const reach = quantile * deviation;
  if (isTooWide(model, quantile * Math.sqrt(chance), reach)) return { missing: 'too-few-articles' };
  return { range: { mean: inTones(mean), low: inTones(mean - reach), high: inTones(mean + reach), basis: model.basis, days: model.days, deviation } };
}

/** The reference knows little of an unknown publisher, however much it publishes: there only chance counts. */
const isTooWide = ({ basis }: ToneModel, byChance: number, reach: number): boolean => byChance > FARTHEST || (basis === 'own' && reach > FARTHEST);

/** How uncertain the estimates of the hours of a window make its expected tone, in tone². */
const varianceOfHours = (model: ToneModel, { volume, hours }: Speakers): number =>
  [...hours].reduce((sum, [hour, count]) => sum + (count / volume) ** 2 * model.hour(hour).variance, 0);

/**
 * The sources of a window of which the model cannot say what is usual, by the same rules as for the whole: those without a
 * history, and those with so few articles that nearly any tone would be usual.
 */
export function sourcesWithoutUsual(model: ToneModel, period: Period, speakers: Speakers): Map<string, NoUsual> {
  const { mood, designEffect, degrees } = model.spread(hoursIn(period));
  const [quantile, ofHours] = [quantile95(degrees), varianceOfHours(model, speakers)];
  const found = new Map<string, NoUsual>();
  for (const [id, { volume }] of speakers.sources) {
    const source = model.source(id);
    const chance = (designEffect * model.articleVariance) / volume;
    const deviation = Math.sqrt(mood + model.mean.variance + ofHours + chance + (source?.variance ?? 0));
    if (!source) found.set(id, 'nothing-known');
    else if (isTooWide(model, quantile * Math.sqrt(chance), quantile * deviation)) found.set(id, 'too-few-articles');
  }
  return found;
}

/** The expected tone of each source in a window; a source without a history is expected to have its present tone. */
export function expectedOfSources(model: ToneModel, { volume, sources, hours }: Speakers): Map<string, number> {
  const byTime = [...hours].reduce((sum, [hour, count]) => sum + (count / volume) * model.hour(hour).value, 0);
  return new Map(
    [...sources].map(([id, spoken]) => {
      const source = model.source(id);
      return [id, source ? model.mean.value + source.value + byTime : spoken.tones / spoken.volume];
    }),
  );
}

/** Where a tone lies in its usual range. The word agrees with the picture: outside of the range or not. */
export function usualOf(range: DeviatingRange, tone: number): Usual {
  const { deviation, ...usual } = range;
  const standardScore = (tone - usual.mean) / deviation;
  const word = tone < usual.low ? 'darker than usual' : tone > usual.high ? 'calmer than usual' : 'as usual';
  return { ...usual, standardScore, percentile: 100 * normalShareBelow(standardScore), word };
}
