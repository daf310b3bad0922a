import { fetch as fetchBy } from 'undici';
import { guard, reasonOf, type GuardOptions } from './guarded-agent';

/** Expected answers are documents of a few kilobytes. */
const LARGEST_ANSWER = 1_000_000;

/** A request that got no answer; the message is a sentence for users. */
export class UnansweredError extends Error {
  override readonly name = 'UnansweredError';
}

/**
 * A `fetch` for addresses from settings and other untrusted sources: never connects to a private address unless that is
 * allowed, however the name resolves. Follows no redirect, accepts no answer above 1 MB, and ends within its time limit.
 * @param rule what is not allowed there, as the end of a sentence
 */
export function guardedFetch(options: GuardOptions, rule: string): (url: string, init: RequestInit) => Promise<Response> {
  const { dispatcher, totalMs, check } = guard(options, rule, { maxResponseSize: LARGEST_ANSWER });
  return async (address, init) => {
    const url = new URL(address);
    try {
      check(url);
      const signals = [AbortSignal.timeout(totalMs), init.signal].filter((signal) => signal !== undefined && signal !== null);
      return (await fetchBy(url, { ...(init as object), redirect: 'manual', dispatcher, signal: AbortSignal.any(signals) })) as unknown as Response;
    } catch (error) {
      throw new UnansweredError(reasonOf(error, url.host, totalMs));
    }
  };
}
