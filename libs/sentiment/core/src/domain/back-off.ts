import { HOUR, MINUTE, SECOND } from '@barometer/kernel';

const FIRST = 10 * SECOND;
const LONGEST = 15 * MINUTE;

/**
 * Milliseconds to wait before an article is handed out again after it failed for the `receives`-th time: doubling from
 * ten seconds up to a quarter of an hour, of which a random half is taken off, so that failures do not return together.
 */
export function retryDelay(receives: number, random: () => number): number {
  const full = Math.min(LONGEST, FIRST * 2 ** Math.max(0, receives - 1));
  return Math.round(full * (1 - random() / 2));
}

/** Longer than any lease or retry can keep an article: whatever ends later was noted by a clock that was ahead. */
export const LONGEST_HOLD = HOUR;

/** Whether an article that is held until `availableAt` may be handed out at `now`. */
export const isAvailable = (availableAt: number, now: number): boolean => availableAt <= now || availableAt > now + LONGEST_HOLD;
