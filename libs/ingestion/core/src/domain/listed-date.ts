import { DAY, MINUTE } from '@barometer/kernel';

/** Before the first feeds: a default of some program, not a date. */
const EARLIEST = Date.UTC(1995, 0, 1);
/** How far ahead of us a publisher's clock may be. */
const MAX_AHEAD = 10 * MINUTE;
/** An item older than this when it is first seen is not stored. */
const MAX_AGE = 30 * DAY;

/** The date, unless it counts as missing: not a number, before 1995, or more than ten minutes ahead of `now`. */
export function countingDate(publishedAt: number | undefined, now: number): number | undefined {
  if (publishedAt === undefined || !Number.isFinite(publishedAt)) return undefined;
  return publishedAt < EARLIEST || publishedAt > now + MAX_AHEAD ? undefined : publishedAt;
}

/** Whether an item of that date is too old to be stored. */
export const isTooOld = (publishedAt: number, now: number): boolean => publishedAt < now - MAX_AGE;
