import { lookup as systemLookup } from 'node:dns';
import { isIP } from 'node:net';
import { SECOND } from '@barometer/kernel';
import { Agent, buildConnector, type Dispatcher } from 'undici';
import { isPublicAddress } from './address-policy';
import { checkedLookup, type ResolveName } from './checked-lookup';

export interface GuardOptions {
  /** Whether addresses on this machine or a private network are allowed. */
  readonly allowPrivate: boolean;
  /** Time limit in milliseconds, including the look-up of the name; 10 s by default. */
  readonly totalMs?: number;
  readonly lookup?: ResolveName;
}

export class ForbiddenAddress extends Error {
  override readonly name = 'ForbiddenAddress';
}

/** Restricts connections to allowed addresses; `check` covers IP addresses in a URL, for which there is no look-up. */
export interface Guard {
  readonly dispatcher: Dispatcher;
  readonly totalMs: number;
  /** @throws ForbiddenAddress if the host is an IP address that is not allowed */
  check(url: URL): void;
}

/** @param rule what is forbidden for such addresses, as the end of a sentence: "which notices may not be sent to" */
export function guard(
  { allowPrivate, totalMs = 10 * SECOND, lookup = systemLookup }: GuardOptions,
  rule: string,
  options: Pick<Agent.Options, 'maxResponseSize'> = {},
): Guard {
  const mayConnect = allowPrivate ? () => true : isPublicAddress;
  const forbidden = (hostname: string) => new ForbiddenAddress(`${hostname} is an address of a private or local network, ${rule}.`);
  return {
    totalMs,
    dispatcher: new Agent({ ...options, connect: buildConnector({ timeout: totalMs, lookup: checkedLookup(mayConnect, lookup, forbidden) }), pipelining: 0 }),
    check: ({ hostname }) => {
      const literal = hostname.replace(/^\[|\]$/g, '');
      if (isIP(literal) !== 0 && !mayConnect(literal)) throw forbidden(hostname);
    },
  };
}

/** Why a request got no answer, as a sentence for users. */
export function reasonOf(error: unknown, host: string, totalMs: number): string {
  const { name, code, message, cause } = error as { name?: string; code?: string; message?: string; cause?: unknown };
  if (name === 'ForbiddenAddress') return message ?? '';
  // fetch() wraps the actual error.
  if (name === 'TypeError' && cause !== undefined) return reasonOf(cause, host, totalMs);
  if (name === 'TimeoutError' || name === 'AbortError' || code === 'UND_ERR_CONNECT_TIMEOUT')
    return `${host} did not answer within ${totalMs / SECOND} seconds.`;
  if (code === 'ENOTFOUND' || code === 'EAI_AGAIN') return `${host} is a name that cannot be found.`;
  return `${host} cannot be reached (${code ?? name ?? 'unknown'}).`;
}
