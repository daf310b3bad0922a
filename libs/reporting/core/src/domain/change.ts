import { meanTone, standardErrorOf, volumeOf } from './figures';
import type { Counts } from './report';

/**
 * How a tone differs from the period before.
 * - `not-enough-history`: that period was not observed live, or one of the two holds no scored article.
 * - `no-clear-change`: the difference may well be noise.
 * - `change`: it is more than that; `delta` is the tone minus `previousTone`.
 */
export type Change =
  | { readonly kind: 'not-enough-history' }
  | { readonly kind: 'no-clear-change'; readonly delta: number; readonly previousTone: number }
  | { readonly kind: 'change'; readonly delta: number; readonly previousTone: number };

/** A difference is clear from this many standard errors on. */
export const CLEAR_ERRORS = 2;

/** The spread of fewer articles than this is itself a guess, so that no difference is called clear. */
export const LEAST_VOLUME = 5;

/** A difference that reads 0.00 is no change, however sure. */
export const LEAST_DELTA = 0.005;

/** The change from one period's counts to the next one's. */
export function changeOf(previous: Counts, current: Counts, previousObserved: boolean): Change {
  const previousTone = meanTone(previous);
  const tone = meanTone(current);
  if (!previousObserved || previousTone === undefined || tone === undefined) return { kind: 'not-enough-history' };
  const delta = tone - previousTone;
  return { kind: isClear(delta, previous, current) ? 'change' : 'no-clear-change', delta, previousTone };
}

function isClear(delta: number, previous: Counts, current: Counts): boolean {
  const before = standardErrorOf(previous);
  const after = standardErrorOf(current);
  if (before === undefined || after === undefined) return false;
  if (Math.min(volumeOf(previous), volumeOf(current)) < LEAST_VOLUME || Math.abs(delta) < LEAST_DELTA) return false;
  return Math.abs(delta) >= CLEAR_ERRORS * Math.hypot(before, after);
}
