import { DAY, MINUTE } from '@barometer/kernel';

/** Earlier dates precede the first feeds: they are some program's default value. */
const EARLIEST = Date.UTC(1995, 0, 1);
/** How far ahead of us a publisher's clock may be. */
const MAX_AHEAD = 10 * MINUTE;
/** An item of a feed that is older than this when it is first seen is not stored. */
export const MAX_AGE = 30 * DAY;

/** The date if it is valid; one that is not a number, before 1995, or more than ten minutes ahead of `now` counts as missing. */
export function countingDate(publishedAt: number | undefined, now: number): number | undefined {
  if (publishedAt === undefined || !Number.isFinite(publishedAt)) return undefined;
  return publishedAt < EARLIEST || isInFuture(publishedAt, now) ? undefined : publishedAt;
}

/** Whether a date is further ahead of `now` than a publisher's clock may be. */
export const isInFuture = (publishedAt: number, now: number): boolean => publishedAt > now + MAX_AHEAD;
