import { HOUR } from '@barometer/kernel';
import { addCounts, figuresOf, type Figures } from './figures';
import { hourNumbers } from './period';
import type { HourCounts, ModelChange, Period } from './report';
import type { UsualBasis } from './tone-model';
import type { NoUsual, UsualRange } from './usual';

export type BucketSize = 'hour' | 'day';

/** A part of the timeline: an hour, or a local day (or the part of it in the period). */
export interface TimelineBucket extends Figures {
  /** Its usual range; absent if there is none. */
  readonly usual?: UsualRange;
  readonly from: number;
  readonly to: number;
  /** The local calendar day, as 2026-11-23; only in a timeline by day. */
  readonly day?: string;
  /** `false`: no successful poll, which is a gap and not a zero. Articles found later may still be counted in it. */
  readonly observed: boolean;
  readonly observedHours: number;
  /** Hours that were not observed and into which articles were imported. */
  readonly importedHours: number;
  readonly hours: number;
}

export interface Timeline {
  readonly period: Period;
  readonly bucket: BucketSize;
  readonly timeZone: string;
  /**
   * The local time at which its days begin, as 00:30, in a timeline by day. Counts are kept by hours of UTC, which
   * cross midnight in zones whose offset is not a whole number of hours.
   */
  readonly dayBegins?: string;
  /** The basis of its buckets' usual ranges; or why there are none. */
  readonly usual: { readonly basis: UsualBasis; readonly days: number } | { readonly missing: NoUsual };
  /** Without gaps and overlaps from the beginning of the period to its end. */
  readonly buckets: readonly TimelineBucket[];
  /** Every hour from which the scores come from another model than before. */
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

/** A group of consecutive hours. */
export interface HourGroup {
  readonly day?: string;
  readonly hours: readonly number[];
}

/** The shortest day, of 23 hours, minus its first one. */
const HOURS_AHEAD = 22;

/**
 * The hours of a period grouped into local days. An hour belongs to the day in which it begins: if a zone's offset
 * includes half an hour, days begin within the hour after midnight. A day on which the clocks change has 23 or 25
 * hours.
 * @throws RangeError if the zone is unknown; check with `isTimeZone` first.
 */
export function localDays(period: Period, timeZone: string): HourGroup[] {
  const format = new Intl.DateTimeFormat('en-CA', { timeZone, year: 'numeric', month: '2-digit', day: '2-digit' });
  const groups: { day: string; hours: number[] }[] = [];
  const hours = hourNumbers(period);
  let sure = -1;
  for (const [index, hour] of hours.entries()) {
    const last = groups.at(-1);
    if (index <= sure) {
      last?.hours.push(hour);
      continue;
    }
    const day = format.format(hour * HOUR);
    if (last?.day === day) last.hours.push(hour);
    else groups.push({ day, hours: [hour] });
    // Finding the day of an hour takes microseconds, and a year has thousands of hours; hours between two of the same
    // day belong to that day too.
    const later = hours[index + HOURS_AHEAD];
    if (later !== undefined && format.format(later * HOUR) === day) sure = index + HOURS_AHEAD;
  }
  return groups;
}

/** The latest local time, as 00:30, at which one of these days begins: 00:00 if the zone's offset is a whole number of hours. */
export function dayBegin(groups: readonly HourGroup[], timeZone: string): string {
  const format = new Intl.DateTimeFormat('en-GB', { timeZone, minute: '2-digit', hour: '2-digit', hourCycle: 'h23' });
  const minutes = groups.map(({ hours }) => format.format((hours[0] ?? 0) * HOUR).slice(-2));
  return `00:${minutes.sort().at(-1) ?? '00'}`;
}

/** How hours are known: observed live, or imported from a file later. */
export interface KnownHours {
  readonly observed: ReadonlySet<number>;
  readonly imported: ReadonlySet<number>;
}

/** The buckets of a period of whole hours. */
export function bucketsOf(
  period: Period,
  grouping: { readonly bucket: BucketSize; readonly timeZone: string },
  rows: readonly HourCounts[],
  { observed, imported }: KnownHours,
): TimelineBucket[] {
  const byHour = new Map(rows.map((row) => [row.hour, row]));
  const groups = grouping.bucket === 'hour' ? hourNumbers(period).map((hour) => ({ hours: [hour] })) : localDays(period, grouping.timeZone);
  return groups.map((group) => bucketOf(group, byHour, { observed, imported }));
}

function bucketOf(group: HourGroup, byHour: ReadonlyMap<number, HourCounts>, { observed, imported }: KnownHours): TimelineBucket {
  const first = group.hours[0] ?? 0;
  const observedHours = group.hours.filter((hour) => observed.has(hour)).length;
  return {
    ...figuresOf(addCounts(group.hours.flatMap((hour) => byHour.get(hour) ?? []))),
    from: first * HOUR,
    to: (first + group.hours.length) * HOUR,
    ...(group.day !== undefined && { day: group.day }),
    observed: observedHours > 0,
    observedHours,
    importedHours: group.hours.filter((hour) => imported.has(hour) && !observed.has(hour)).length,
    hours: group.hours.length,
  };
}
