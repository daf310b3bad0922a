import { DAY, HOUR } from '@barometer/kernel';

/** Hints of a feed and its server on when to poll again, in milliseconds from now. */
export interface PollHints {
  readonly ttlMs?: number | undefined;
  readonly maxAgeMs?: number | undefined;
  readonly retryAfterMs?: number | undefined;
}

export const MAX_WAIT = DAY;
/** If a server was not reached, polling puts no load on it, and a laptop may be back on the network at any time. */
export const MAX_WAIT_UNREACHED = HOUR;
/** Up to a tenth longer, so that sources added together are not always polled together. */
const JITTER = 0.1;

/**
 * Milliseconds to wait after a successful poll: the longest of base interval, feed TTL, Cache-Control and Retry-After, with
 * jitter; at least the base interval, at most 24 hours. `random` is in 0...1.
 */
export function waitAfterSuccess(baseMs: number, hints: PollHints, random: number): number {
  return within(baseMs, Math.max(baseMs, longest(hints)), MAX_WAIT, random);
}

/**
 * Milliseconds to wait after the `failures`-th failure in a row: the base interval, doubled with each failure, or longer if
 * the server asks for it; at most 24 hours. The doubling stops at one hour if the server was not `reached`.
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
