import { fromMicro } from '@barometer/kernel';
import { addCounts, meanTone, noCounts, standardErrorOf, volumeOf } from './figures';
import type { Counts } from './report';
import { quantile95, sum } from './spread';
import type { SourceHours } from './packed-hours';

/**
 * The difference of a tone from the period before, at the same mix of sources.
 * - `not-enough-history`: that period was not observed live, or one of the two has no scored article.
 * - `no-clear-change`: the difference may well be noise.
 * - `change`: it is more than noise; `delta` is the difference of the tones, with every source weighted equally in both
 *   periods.
 */
export type Change =
  | { readonly kind: 'not-enough-history' }
  | { readonly kind: 'no-clear-change'; readonly delta: number; readonly previousTone: number }
  | { readonly kind: 'change'; readonly delta: number; readonly previousTone: number };

/** With fewer articles the spread is only a guess, so no difference is called clear. */
export const LEAST_VOLUME = 5;

/** A difference that reads 0.00 is no change, however certain. */
export const LEAST_DELTA = 0.005;

/**
 * The factor by which repeated stories raise the variance of a mean, if the stories are not known: with 1.87 articles a
 * story, 35 % of pairs of identical days differed by 1.96 plain errors, and (1.96 / 0.93)² is 4.4. It is not known how
 * the copies are spread over a day, so the spread between hours may only raise this factor, not lower it.
 */
export const LEAST_DESIGN_EFFECT = 4.4;

/** The same within one source, which repeats few of its own stories: 14.9 % differed by that much, and (1.96 / 1.44)² is 1.85. */
export const LEAST_DESIGN_EFFECT_ALONE = 1.85;

/** The standard error of a single tone, from the spread of real headlines. */
const LONE_ERROR = 0.5;
/** Copies of a story mostly appear within this many hours; articles of one such block count as one observation. */
const STRETCH_HOURS = 6;
const MOST_STRETCHES = 24;
const LEAST_STRETCHES = 4;

/** The sums of a story in a period, where stories are known. Each article is in exactly one story, possibly alone. */
export interface StorySums {
  readonly articles: number;
  /** In millionths. */
  readonly toneSum: number;
}

/** One of two compared periods. */
export interface Side {
  /** First hour, and the one after the last (whole hours since 1970). */
  readonly first: number;
  readonly end: number;
  /** The scored articles by source. An article of two sources is in both. */
  readonly rows: SourceHours;
  /** All of its stories; absent if they are not known. */
  readonly stories?: readonly StorySums[];
}

export interface Evidence {
  readonly previousObserved: boolean;
  /** Both periods are about a single source, which repeats few of its own stories. */
  readonly oneSource?: boolean;
  /** Variance of usual windows of this length around their expected tone, if there is enough history. */
  readonly usualVariance?: number;
}

/** The change from one period to the next. */
export function changeOf(previous: Side, current: Side, { previousObserved, oneSource = false, usualVariance = 0 }: Evidence): Change {
  const [before, after] = [countsBySource(previous.rows), countsBySource(current.rows)];
  const [previousTone, tone] = [meanTone(addCounts(before.values())), meanTone(addCounts(after.values()))];
  if (!previousObserved || previousTone === undefined || tone === undefined) return { kind: 'not-enough-history' };
  const weights = sharedWeights(before, after);
  if (weights.size === 0) return { kind: 'no-clear-change', delta: tone - previousTone, previousTone };
  const delta = sum([...weights].map(([id, weight]) => weight * ((toneIn(after, id) ?? 0) - (toneIn(before, id) ?? 0))));
  const sides = [sideError(previous, before, weights), sideError(current, after, weights)];
  const { variance, degrees } = errorOf(sides, oneSource ? LEAST_DESIGN_EFFECT_ALONE : LEAST_DESIGN_EFFECT);
  const volumeIn = (counts: ReadonlyMap<string, Counts>) => sum([...weights.keys()].map((id) => volumeOf(counts.get(id) ?? noCounts)));
  const few = Math.min(volumeIn(before), volumeIn(after)) < LEAST_VOLUME;
  const reach = quantile95(degrees) * Math.sqrt(Math.max(variance, 2 * usualVariance));
  const clear = !few && Math.abs(delta) >= LEAST_DELTA && Math.abs(delta) >= reach;
  return { kind: clear ? 'change' : 'no-clear-change', delta, previousTone };
}

const countsBySource = (rows: SourceHours): Map<string, Counts> =>
  new Map([...rows].map(([id, hours]) => [id, addCounts(hours)] as const).filter(([, counts]) => volumeOf(counts) > 0));

const toneIn = (counts: ReadonlyMap<string, Counts>, id: string) => meanTone(counts.get(id) ?? noCounts);

/**
 * The weight of each source with articles in both periods: n·m / (n + m). With these weights the difference is that of
 * a regression on the period with one effect per source, which has the least variance at a fixed mix.
 */
function sharedWeights(before: ReadonlyMap<string, Counts>, after: ReadonlyMap<string, Counts>): Map<string, number> {
  const shared = [...before].flatMap(([id, counts]) => {
    const [one, other] = [volumeOf(counts), volumeOf(after.get(id) ?? counts)];
    return after.has(id) ? [[id, (one * other) / (one + other)] as const] : [];
  });
  const total = sum(shared.map(([, weight]) => weight));
  return new Map(shared.map(([id, weight]) => [id, weight / total]));
}

interface SideError {
  /** Variance of the weighted mean if all articles were independent. */
  readonly plain: number;
  /** The same with articles of one story, or else of one block of hours, as one observation. */
  readonly clustered: number;
  readonly degrees: number;
  readonly byStory: boolean;
}

function sideError(side: Side, counts: ReadonlyMap<string, Counts>, weights: ReadonlyMap<string, number>): SideError {
  const plain = sum([...weights].map(([id, weight]) => weight * weight * (standardErrorOf(counts.get(id) ?? noCounts) ?? LONE_ERROR) ** 2));
  if (side.stories && side.stories.length > 0) return { plain, clustered: storyVariance(side.stories), degrees: side.stories.length - 1, byStory: true };
  const stretches = stretchSums(side, counts, weights);
  const degrees = stretches.length - 1;
  if (degrees < LEAST_STRETCHES - 1) return { plain, clustered: 0, degrees: 0, byStory: false };
  return { plain, clustered: (stretches.length / degrees) * sum(stretches.map((value) => value * value)), degrees, byStory: false };
}

/** Variance of the difference. Both periods have the same sources, so one design effect holds for both. */
function errorOf(sides: readonly SideError[], assumed: number): { readonly variance: number; readonly degrees: number } {
  const plain = sum(sides.map((side) => side.plain));
  const clustered = sum(sides.map((side) => side.clustered));
  const least = plain * (sides.every(({ byStory }) => byStory) ? 1 : assumed);
  return clustered > least ? { variance: clustered, degrees: sum(sides.map(({ degrees }) => degrees)) } : { variance: least, degrees: Infinity };
}

/** Cluster-robust variance of a mean over stories: Σ(sum - articles · mean)² / n². */
function storyVariance(stories: readonly StorySums[]): number {
  const articles = sum(stories.map((story) => story.articles));
  const mean = sum(stories.map(({ toneSum }) => fromMicro(toneSum))) / articles;
  const squares = sum(stories.map((story) => (fromMicro(story.toneSum) - story.articles * mean) ** 2));
  return ((stories.length / Math.max(1, stories.length - 1)) * squares) / articles ** 2;
}

/**
 * How many hours of a period of this length count as one observation; rows may already be summed over such blocks,
 * counted from its first hour.
 */
export const stretchHours = (length: number): number =>
  Math.max(1, Math.min(STRETCH_HOURS, Math.ceil(length / LEAST_STRETCHES)), Math.ceil(length / MOST_STRETCHES));

/** The contribution of each block of hours to the weighted mean, over all sources: copies of a story are in one block. */
function stretchSums({ first, end, rows }: Side, counts: ReadonlyMap<string, Counts>, weights: ReadonlyMap<string, number>): number[] {
  const size = stretchHours(end - first);
  const sums = new Map<number, number>();
  for (const [id, weight] of weights) {
    const all = counts.get(id) ?? noCounts;
    const mean = meanTone(all) ?? 0;
    for (const hour of rows.get(id) ?? []) {
      const stretch = Math.floor((hour.hour - first) / size);
      sums.set(stretch, (sums.get(stretch) ?? 0) + (weight * (fromMicro(hour.toneSum) - volumeOf(hour) * mean)) / volumeOf(all));
    }
  }
  return [...sums.values()];
}
