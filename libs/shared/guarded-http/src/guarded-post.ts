import { SECOND } from '@barometer/kernel';
import { request } from 'undici';
import { ForbiddenAddress, guard, reasonOf, type Guard, type GuardOptions } from './guarded-agent';

export type GuardedPostOptions = GuardOptions;

/** A receiver's answer, or why there was none. */
export type PostAnswer =
  | { readonly kind: 'answered'; readonly status: number; readonly retryAfterMs?: number }
  | { readonly kind: 'unreachable'; readonly reason: string }
  /** Requests to this address are not allowed. */
  | { readonly kind: 'forbidden'; readonly reason: string };

/**
 * Posts to untrusted http or https addresses, never to a private one unless that is allowed, however the name resolves.
 * Follows no redirect, reads no body, and waits for the head of the answer within its time limit.
 */
export class GuardedPost {
  private readonly guard: Guard;

  constructor(options: GuardedPostOptions) {
    this.guard = guard(options, 'which notices may not be sent to');
  }

  async post(address: string, body: string, headers: Readonly<Record<string, string>>): Promise<PostAnswer> {
    const url = URL.parse(address);
    if (!url || !/^https?:$/.test(url.protocol)) return { kind: 'forbidden', reason: 'The address is no http or https address.' };
    const { dispatcher, totalMs } = this.guard;
    try {
      this.guard.check(url);
      const {
        statusCode: status,
        headers: answered,
        body: rest,
      } = await request(url, { method: 'POST', dispatcher, body, headers: { ...headers }, signal: AbortSignal.timeout(totalMs) });
      rest.on('error', () => undefined).destroy();
      const retryAfter = Number(answered['retry-after']);
      return { kind: 'answered', status, ...(retryAfter > 0 && { retryAfterMs: retryAfter * SECOND }) };
    } catch (error) {
      return { kind: error instanceof ForbiddenAddress ? 'forbidden' : 'unreachable', reason: reasonOf(error, url.host, totalMs) };
    }
  }

  /** Closes idle connections. */
  async close(): Promise<void> {
    await this.guard.dispatcher.destroy();
  }
}
