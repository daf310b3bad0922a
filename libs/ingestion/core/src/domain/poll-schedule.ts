import { DAY, HOUR } from '@barometer/kernel';

/** Hints of a feed and its server on when to come back, in milliseconds from now. */
export interface PollHints {
  readonly ttlMs?: number | undefined;
  readonly maxAgeMs?: number | undefined;
  readonly retryAfterMs?: number | undefined;
}

export const MAX_WAIT = DAY;
/** A server that was not reached has nothing to be spared, and a laptop comes back to the network any time. */
export const MAX_WAIT_UNREACHED = HOUR;
/** Up to a tenth more, so that sources added together do not stay together. */
const JITTER = 0.1;

/**
 * How long to wait after a poll that worked: the longest of base interval, feed TTL, Cache-Control and Retry-After, with
 * jitter; never less than the base interval, never more than 24 hours. `random` is in 0...1.
 */
export function waitAfterSuccess(baseMs: number, hints: PollHints, random: number): number {
  return within(baseMs, Math.max(baseMs, longest(hints)), MAX_WAIT, random);
}

/**
 * How long to wait after the `failures`-th failure in a row: the base interval doubled each time, or longer where
 * the server asks for it; at most 24 hours, or one hour while the server was not `reached`.
 */
export function waitAfterFailure(baseMs: number, failures: number, hints: PollHints & { readonly reached: boolean }, random: number): number {
  const doubled = baseMs * 2 ** Math.min(Math.max(failures, 1) - 1, 20);
  const backOff = Math.min(doubled, hints.reached ? MAX_WAIT : MAX_WAIT_UNREACHED);
  return within(baseMs, Math.max(backOff, longest(hints)), MAX_WAIT, random);
}

const longest = ({ ttlMs = 0, maxAgeMs = 0, retryAfterMs = 0 }: PollHints): number => Math.max(ttlMs || 0, maxAgeMs || 0, retryAfterMs || 0);

function within(least: number, wait: number, most: number, random: number): number {
  const bounded = Math.min(Math.max(wait, least), most);
  return Math.round(Math.min(bounded * (1 + JITTER * random), most));
}
