import { weekdays, type DigestSchedule } from './digest';
import { laterDate, localTime, momentOf, weekdayOf } from './local-time';

/** Days around a moment within which a digest is due, with one to spare on either side. */
const REACH = { day: 2, week: 8 } as const;
/** Missed editions are counted up to this number. */
const MOST_COUNTED = 60;

/** The moments around `at` when a digest is due, ascending: one for each of its days, whatever the clock does. */
function duesAround(schedule: DigestSchedule, at: number): number[] {
  const today = localTime(at, schedule.timeZone);
  const reach = REACH[schedule.every];
  const days = Array.from({ length: 2 * reach + 1 }, (_, index) => laterDate(today, index - reach));
  return days
    .filter((date) => schedule.every === 'day' || weekdays[weekdayOf(date) - 1] === schedule.weekday)
    .map((date) => momentOf(date, schedule.time, schedule.timeZone));
}

/** The latest moment at or before `at` when a digest was due; milliseconds since 1970. */
export const latestDue = (schedule: DigestSchedule, at: number): number =>
  duesAround(schedule, at)
    .filter((due) => due <= at)
    .at(-1) ?? at;

/** The first moment after `at` when a digest is due. */
export const nextDue = (schedule: DigestSchedule, at: number): number => duesAround(schedule, at).find((due) => due > at) ?? at;

/** The due moment before `due`. */
export const dueBefore = (schedule: DigestSchedule, due: number): number => latestDue(schedule, due - 1);

/** How many editions were due after one moment and before another, at most 60. */
export function duesBetween(schedule: DigestSchedule, after: number, before: number): number {
  let count = 0;
  for (let due = dueBefore(schedule, before); due > after && count < MOST_COUNTED; due = dueBefore(schedule, due)) count += 1;
  return count;
}
