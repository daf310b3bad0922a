import { HOUR, MINUTE, SECOND } from '@barometer/kernel';

const FIRST = 10 * SECOND;
const LONGEST = 15 * MINUTE;

/**
 * Milliseconds to wait before an article is handed out again after it failed for the `receives`-th time: doubles from
 * ten seconds up to a quarter of an hour; up to half of it is taken off at random, so that failures do not come back
 * together.
 */
export function retryDelay(receives: number, random: () => number): number {
  const full = Math.min(LONGEST, FIRST * 2 ** Math.max(0, receives - 1));
  return Math.round(full * (1 - random() / 2));
}

/** Longer than any lease or retry: a later end was written by a clock that was ahead. */
export const LONGEST_HOLD = HOUR;

/** Whether an article that is held until `availableAt` may be handed out at `now`. */
export const isAvailable = (availableAt: number, now: number): boolean => availableAt <= now || availableAt > now + LONGEST_HOLD;
