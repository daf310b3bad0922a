import type { Timeline, TimelineBucket, UsualRange } from '@barometer/http-api/contract';
import { formatCount, plural } from '../../format/numbers';
import { DAY, formatClock, formatDay, formatDayAndClock, formatShortDay, HOUR } from '../../format/times';
import { formatTone, toneWord } from '../../format/tone';
import { usualWordOf } from '../../format/usual';

export const sides = ['negative', 'neutral', 'positive'] as const;

/** A bucket as the chart draws it. Times are milliseconds since 1970; `tone` is null in a gap. */
export interface ChartBucket {
  readonly from: number;
  readonly to: number;
  readonly observed: boolean;
  readonly volume: number;
  readonly negative: number;
  readonly neutral: number;
  readonly positive: number;
  readonly tone: number | null;
  /** Where usual tones of it lie; null where nothing can be said. */
  readonly usual: UsualRange | null;
}

export interface Gap {
  readonly first: number;
  readonly last: number;
}

export function chartBuckets({ buckets }: Pick<Timeline, 'buckets'>): ChartBucket[] {
  return buckets.map((bucket: TimelineBucket) => ({
    from: Date.parse(bucket.from),
    to: Date.parse(bucket.to),
    observed: bucket.observed,
    volume: bucket.volume,
    ...bucket.counts,
    tone: bucket.tone,
    usual: bucket.usual,
  }));
}

/** Nothing is known of a bucket that nobody watched, unless articles of that time were read later. One that still runs may yet be watched. */
export const isGap = (bucket: ChartBucket, now = Date.now()): boolean => !bucket.observed && bucket.volume === 0 && bucket.to <= now;

/** Runs of buckets that are gaps, as indexes of their first and last one. */
export function gapsOf(buckets: readonly ChartBucket[]): Gap[] {
  const gaps: Gap[] = [];
  buckets.forEach((bucket, index) => {
    if (!isGap(bucket)) return;
    const before = gaps.at(-1);
    if (before?.last === index - 1) gaps[gaps.length - 1] = { first: before.first, last: index };
    else gaps.push({ first: index, last: index });
  });
  return gaps;
}

/** Half the height of the tone strip: a symmetric range with air, never so narrow that noise looks like news. */
export function toneRange(buckets: readonly ChartBucket[]): number {
  const widest = Math.max(0, ...buckets.flatMap(({ tone, usual }) => [tone ?? 0, usual?.low ?? 0, usual?.high ?? 0].map(Math.abs)));
  return Math.min(1, Math.max(0.3, Math.ceil(widest * 11) / 10));
}

/** A bucket with a usual range, and its place. */
export interface BandPoint extends UsualRange {
  readonly index: number;
}

/** Runs of neighbouring buckets that have a usual range. */
export function bandsOf(buckets: readonly ChartBucket[]): BandPoint[][] {
  const runs: BandPoint[][] = [];
  buckets.forEach(({ usual }, index) => {
    if (!usual) return;
    const last = runs.at(-1);
    if (last?.at(-1)?.index === index - 1) last.push({ ...usual, index });
    else runs.push([{ ...usual, index }]);
  });
  return runs;
}

/** Pixels of a character below the axis, on the average, and between two labels. */
const [CHARACTER, BETWEEN] = [7, 16];

/** Indexes that get a label below the axis, as many as have room side by side, at round hours where there are any. */
export function tickIndexes(buckets: readonly ChartBucket[], width: number): number[] {
  const hourly = isHourly(buckets);
  const longest = Math.max(0, ...buckets.map((bucket) => tickLabel(bucket, hourly).length));
  const most = Math.max(2, Math.floor(width / (longest * CHARACTER + BETWEEN)));
  const steps = hourly ? [1, 2, 3, 6, 12, 24, 48] : [1, 2, 3, 5, 7, 10, 14];
  const step = steps.find((candidate) => buckets.length / candidate <= most) ?? Math.ceil(buckets.length / most);
  return buckets.flatMap(({ from }, index) => ((hourly ? new Date(from).getHours() : buckets.length - 1 - index) % Math.min(step, hourly ? 24 : step) === 0 ? [index] : []))
    .filter((_, place, all) => step <= 24 || !hourly || place % Math.ceil(all.length / most) === 0);
}

/** Whether the bars are hours. Of days, the first one may hold its last hour alone. */
export const isHourly = (buckets: readonly ChartBucket[]): boolean => buckets.every(({ from, to }) => to - from <= HOUR);

/** The label below the axis: the clock, the day at midnight, the date for days. */
export function tickLabel(bucket: ChartBucket, hourly: boolean): string {
  if (!hourly) return formatShortDay(bucket.from);
  return new Date(bucket.from).getHours() === 0 ? formatShortDay(bucket.from) : formatClock(bucket.from);
}

/** When a bucket is, in words. */
export const bucketTime = (bucket: ChartBucket): string =>
  bucket.to - bucket.from >= DAY - 2 * HOUR ? formatDay(bucket.from) : `${formatDayAndClock(bucket.from)}–${formatClock(bucket.to)}`;

/** What a bucket says, in words. */
export function bucketText(bucket: ChartBucket): string {
  if (isGap(bucket)) return 'not watched, so nothing is known';
  if (bucket.tone === null) return bucket.observed ? 'no articles' : 'not read yet';
  const parts = sides.map((side) => `${formatCount(bucket[side])} ${side}`).join(', ');
  const beside = bucket.usual ? `, ${usualWordOf(bucket.tone, bucket.usual)}` : '';
  return `tone ${formatTone(bucket.tone)}, ${toneWord(bucket.tone)}${beside} · ${plural(bucket.volume, 'article')}: ${parts}`;
}
