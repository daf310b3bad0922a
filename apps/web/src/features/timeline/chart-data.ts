import type { Timeline, TimelineBucket, UsualRange } from '@barometer/http-api/contract';
import { DAY, formatClock, formatDay, formatDayAndClock, formatShortDay, HOUR } from '../../format/times';
import { formatTone, toneText } from '../../format/tone';
import { usualWordOf } from '../../format/usual';
import { t } from '../../i18n/translate';

export const sides = ['negative', 'neutral', 'positive'] as const;

/** A bucket as the chart draws it. Times are milliseconds since 1970; `tone` is null in a gap. */
export interface ChartBucket {
  readonly from: number;
  readonly to: number;
  readonly observed: boolean;
  /** Articles were imported into hours of this bucket that were not observed. */
  readonly imported: boolean;
  readonly volume: number;
  readonly negative: number;
  readonly neutral: number;
  readonly positive: number;
  readonly tone: number | null;
  /** The usual range of its tone; null if there is none. */
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
    imported: bucket.imported,
    volume: bucket.volume,
    ...bucket.counts,
    tone: bucket.tone,
    usual: bucket.usual,
  }));
}

/** An unobserved bucket is a gap unless articles of that time were read later. The current bucket may still be observed. */
export const isGap = (bucket: ChartBucket, now = Date.now()): boolean => !bucket.observed && bucket.volume === 0 && bucket.to <= now;

/** Runs of buckets that are gaps, as indexes of the first and the last one. */
export const gapsOf = (buckets: readonly ChartBucket[]): Gap[] => runsOf(buckets, (bucket) => isGap(bucket));

/** Runs of buckets into which articles were imported. */
export const importedOf = (buckets: readonly ChartBucket[]): Gap[] => runsOf(buckets, ({ imported }) => imported);

function runsOf(buckets: readonly ChartBucket[], isOne: (bucket: ChartBucket) => boolean): Gap[] {
  const gaps: Gap[] = [];
  buckets.forEach((bucket, index) => {
    if (!isOne(bucket)) return;
    const before = gaps.at(-1);
    if (before?.last === index - 1) gaps[gaps.length - 1] = { first: before.first, last: index };
    else gaps.push({ first: index, last: index });
  });
  return gaps;
}

/** Half the height of the tone strip: a symmetric range with some room, never so narrow that noise looks like news. */
export function toneRange(buckets: readonly ChartBucket[]): number {
  const widest = Math.max(0, ...buckets.flatMap(({ tone, usual }) => [tone ?? 0, usual?.low ?? 0, usual?.high ?? 0].map(Math.abs)));
  return Math.min(1, Math.max(0.3, Math.ceil(widest * 11) / 10));
}

/** A bucket with a usual range, and its index. */
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

/** Width in pixels of an average character below the axis, and of the space between two labels. */
const [CHARACTER, BETWEEN] = [7, 16];

/** Indexes that get a label below the axis, as many as fit side by side, at round hours if there are any. */
export function tickIndexes(buckets: readonly ChartBucket[], width: number): number[] {
  const hourly = isHourly(buckets);
  const longest = Math.max(0, ...buckets.map((bucket) => tickLabel(bucket, hourly).length));
  const most = Math.max(2, Math.floor(width / (longest * CHARACTER + BETWEEN)));
  const steps = hourly ? [1, 2, 3, 6, 12, 24, 48] : [1, 2, 3, 5, 7, 10, 14];
  const step = steps.find((candidate) => buckets.length / candidate <= most) ?? Math.ceil(buckets.length / most);
  return buckets
    .flatMap(({ from }, index) => ((hourly ? new Date(from).getHours() : buckets.length - 1 - index) % Math.min(step, hourly ? 24 : step) === 0 ? [index] : []))
    .filter((_, place, all) => step <= 24 || !hourly || place % Math.ceil(all.length / most) === 0);
}

/** Whether the buckets are hours. If they are days, the first one may contain only its last hour. */
export const isHourly = (buckets: readonly ChartBucket[]): boolean => buckets.every(({ from, to }) => to - from <= HOUR);

/** The label below the axis: the time, the day at midnight, the date for days. */
export function tickLabel(bucket: ChartBucket, hourly: boolean): string {
  if (!hourly) return formatShortDay(bucket.from);
  return new Date(bucket.from).getHours() === 0 ? formatShortDay(bucket.from) : formatClock(bucket.from);
}

/** The time of a bucket, in words. */
export const bucketTime = (bucket: ChartBucket): string =>
  bucket.to - bucket.from >= DAY - 2 * HOUR ? formatDay(bucket.from) : `${formatDayAndClock(bucket.from)}–${formatClock(bucket.to)}`;

/** The figures of a bucket, in words. */
export function bucketText(bucket: ChartBucket): string {
  if (isGap(bucket)) return t('bucket.gap');
  if (bucket.tone === null) return bucket.observed ? t('bucket.none') : t('bucket.unread');
  const parts = sides.map((side) => t('bucket.part', { count: bucket[side], label: t(`label.${side}`) })).join(', ');
  const values = { tone: formatTone(bucket.tone), word: toneText(bucket.tone) };
  const tone = bucket.usual ? t('bucket.toneUsual', { ...values, usual: t(`usual.word.${usualWordOf(bucket.tone, bucket.usual)}`) }) : t('bucket.tone', values);
  return [tone, t('bucket.articles', { count: bucket.volume, parts }), ...(bucket.imported ? [t('bucket.imported')] : [])].join(' · ');
}
