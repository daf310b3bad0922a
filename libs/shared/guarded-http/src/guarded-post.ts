import { lookup as systemLookup } from 'node:dns';
import { isIP } from 'node:net';
import { SECOND } from '@barometer/kernel';
import { Agent, buildConnector, request, type Dispatcher } from 'undici';
import { isPublicAddress, type AddressPolicy } from './address-policy';
import { checkedLookup, type ResolveName } from './checked-lookup';

export interface GuardedPostOptions {
  /** Lets addresses be on this machine or a private network. */
  readonly allowPrivate: boolean;
  /** In all, from the look-up of the name to the head of the answer; 10 s unless told. */
  readonly totalMs?: number;
  readonly lookup?: ResolveName;
}

/** What a receiver answered, or why it did not. */
export type PostAnswer =
  | { readonly kind: 'answered'; readonly status: number; readonly retryAfterMs?: number }
  | { readonly kind: 'unreachable'; readonly reason: string }
  /** The address may not be asked at all. */
  | { readonly kind: 'forbidden'; readonly reason: string };

class ForbiddenAddress extends Error {
  override readonly name = 'ForbiddenAddress';
}

const forbidden = (hostname: string) => new ForbiddenAddress(`${hostname} is an address of a private or local network, which notices may not be sent to.`);

/**
 * Posts to addresses that others have given: http or https, never to a private address unless that is allowed, however
 * the name resolves. Follows no redirect, reads no body, and answers within its time.
 */
export class GuardedPost {
  private readonly dispatcher: Dispatcher;
  private readonly mayConnect: AddressPolicy;
  private readonly totalMs: number;

  constructor({ allowPrivate, totalMs = 10 * SECOND, lookup = systemLookup }: GuardedPostOptions) {
    this.mayConnect = allowPrivate ? () => true : isPublicAddress;
    this.totalMs = totalMs;
    this.dispatcher = new Agent({ connect: buildConnector({ timeout: totalMs, lookup: checkedLookup(this.mayConnect, lookup, forbidden) }), pipelining: 0 });
  }

  async post(address: string, body: string, headers: Readonly<Record<string, string>>): Promise<PostAnswer> {
    const url = URL.parse(address);
    if (!url || !/^https?:$/.test(url.protocol)) return { kind: 'forbidden', reason: 'The address is no http or https address.' };
    const literal = url.hostname.replace(/^\[|\]$/g, '');
    if (isIP(literal) !== 0 && !this.mayConnect(literal)) return { kind: 'forbidden', reason: forbidden(url.hostname).message };
    try {
      const { statusCode: status, headers: answered, body: rest } = await request(url, { method: 'POST', dispatcher: this.dispatcher, body, headers: { ...headers }, signal: AbortSignal.timeout(this.totalMs) });
      rest.on('error', () => undefined).destroy();
      const retryAfter = Number(answered['retry-after']);
      return { kind: 'answered', status, ...(retryAfter > 0 && { retryAfterMs: retryAfter * SECOND }) };
    } catch (error) {
      return failureOf(error, url.host, this.totalMs);
    }
  }

  /** Closes the connections that are kept open for the next request. */
  async close(): Promise<void> {
    await this.dispatcher.destroy();
  }
}

function failureOf(error: unknown, host: string, totalMs: number): PostAnswer {
  const { name, code, message } = error as { name?: string; code?: string; message?: string };
  if (name === 'ForbiddenAddress') return { kind: 'forbidden', reason: message ?? '' };
  if (name === 'TimeoutError' || name === 'AbortError' || code === 'UND_ERR_CONNECT_TIMEOUT') return { kind: 'unreachable', reason: `${host} did not answer within ${totalMs / SECOND} seconds.` };
  if (code === 'ENOTFOUND' || code === 'EAI_AGAIN') return { kind: 'unreachable', reason: `${host} is a name that cannot be found.` };
  return { kind: 'unreachable', reason: `${host} cannot be reached (${code ?? name ?? 'unknown'}).` };
}
