import { HOUR } from '@barometer/kernel';
import { addCounts, figuresOf, type Figures } from './figures';
import { hourNumbers } from './period';
import type { HourCounts, ModelChange, Period } from './report';
import type { UsualBasis } from './tone-model';
import type { NoUsual, UsualRange } from './usual';

export type BucketSize = 'hour' | 'day';

/** A stretch of the timeline, an hour or a local day (or what the period holds of it). */
export interface TimelineBucket extends Figures {
  /** What is usual of it; absent where nothing can be said. */
  readonly usual?: UsualRange;
  readonly from: number;
  readonly to: number;
  /** The local calendar day, as 2026-11-23; only in a timeline by day. */
  readonly day?: string;
  /** `false`: nobody watched, which is a gap and not a zero. Late finds may be counted in it all the same. */
  readonly observed: boolean;
  readonly observedHours: number;
  readonly hours: number;
}

export interface Timeline {
  readonly period: Period;
  readonly bucket: BucketSize;
  readonly timeZone: string;
  /**
   * The local time at which its days begin, as 00:30, in a timeline by day. Counts are kept by hours of UTC, which lie across
   * midnight in a zone that is off by part of an hour.
   */
  readonly dayBegins?: string;
  /** Where the usual ranges of its buckets come from; or else why there are none. */
  readonly usual: { readonly basis: UsualBasis; readonly days: number } | { readonly missing: NoUsual };
  /** Without holes and overlaps from the period's begin to its end. */
  readonly buckets: readonly TimelineBucket[];
  /** Every hour from which on the scores come from another model than before. */
  readonly modelChanges: readonly ModelChange[];
}

/** Whether this runtime knows an IANA time zone of this name. */
export function isTimeZone(name: string): boolean {
  try {
    return new Intl.DateTimeFormat('en', { timeZone: name }).resolvedOptions().timeZone !== '';
  } catch {
    return false;
  }
}

/** A group of neighbouring hours. */
export interface HourGroup {
  readonly day?: string;
  readonly hours: readonly number[];
}

/**
 * The hours of a period grouped into local days. An hour belongs to the day in which it begins: in a zone that is off by
 * half an hour, day buckets begin within the hour after midnight. A day that the clocks change has 23 or 25 hours.
 * @throws RangeError when the zone is unknown; ask `isTimeZone` first.
 */
export function localDays(period: Period, timeZone: string): HourGroup[] {
  const format = new Intl.DateTimeFormat('en-CA', { timeZone, year: 'numeric', month: '2-digit', day: '2-digit' });
  const groups: { day: string; hours: number[] }[] = [];
  for (const hour of hourNumbers(period)) {
    const day = format.format(hour * HOUR);
    const last = groups.at(-1);
    if (last?.day === day) last.hours.push(hour);
    else groups.push({ day, hours: [hour] });
  }
  return groups;
}

/** The latest local time, as 00:30, at which a day of these begins: 00:00 where the zone's offset is of whole hours. */
export function dayBegin(groups: readonly HourGroup[], timeZone: string): string {
  const format = new Intl.DateTimeFormat('en-GB', { timeZone, minute: '2-digit', hour: '2-digit', hourCycle: 'h23' });
  const minutes = groups.map(({ hours }) => format.format((hours[0] ?? 0) * HOUR).slice(-2));
  return `00:${minutes.sort().at(-1) ?? '00'}`;
}

/** The buckets of a period of whole hours. */
export function bucketsOf(
  period: Period,
  grouping: { readonly bucket: BucketSize; readonly timeZone: string },
  rows: readonly HourCounts[],
  observed: ReadonlySet<number>,
): TimelineBucket[] {
  const byHour = new Map(rows.map((row) => [row.hour, row]));
  const groups = grouping.bucket === 'hour' ? hourNumbers(period).map((hour) => ({ hours: [hour] })) : localDays(period, grouping.timeZone);
  return groups.map((group) => bucketOf(group, byHour, observed));
}

function bucketOf(group: HourGroup, byHour: ReadonlyMap<number, HourCounts>, observed: ReadonlySet<number>): TimelineBucket {
  const first = group.hours[0] ?? 0;
  const observedHours = group.hours.filter((hour) => observed.has(hour)).length;
  return {
    ...figuresOf(addCounts(group.hours.flatMap((hour) => byHour.get(hour) ?? []))),
    from: first * HOUR,
    to: (first + group.hours.length) * HOUR,
    ...(group.day !== undefined && { day: group.day }),
    observed: observedHours > 0,
    observedHours,
    hours: group.hours.length,
  };
}
