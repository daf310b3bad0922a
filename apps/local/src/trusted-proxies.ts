import { isIP } from 'node:net';
import * as z from 'zod';

/** More proxies in a row than any real set-up has: a larger number is a mistake. */
const MOST_HOPS = 16;
/** Names of networks that Fastify's trustProxy knows: those of one machine, of one link, and private ones. */
const networks = new Set(['loopback', 'linklocal', 'uniquelocal']);

const RULE = `must be a number of proxies from 1 to ${MOST_HOPS}, or addresses and networks such as 127.0.0.1 or 10.0.0.0/8 with commas between (loopback, linklocal and uniquelocal are known by name)`;

/** An address, or a network that does not contain every address: whoever trusts all senders believes any claim. */
function isTrustable(word: string): boolean {
  if (networks.has(word)) return true;
  const [address = '', prefix, ...more] = word.split('/');
  const version = isIP(address);
  if (version === 0 || more.length > 0) return false;
  return prefix === undefined || (/^[1-9]\d{0,2}$/.test(prefix) && Number(prefix) <= (version === 4 ? 32 : 128));
}

/** Which proxies may say who the client is, in the form of Fastify's trustProxy: how many in a row before Barometer, or their addresses. */
export const trustedProxies = z.string().transform((words, context): number | string[] => {
  const trimmed = words.trim();
  if (/^\d+$/.test(trimmed) && Number(trimmed) >= 1 && Number(trimmed) <= MOST_HOPS) return Number(trimmed);
  const parts = trimmed.split(',').map((part) => part.trim());
  if (parts.every(isTrustable)) return parts;
  context.addIssue({ code: 'custom', message: RULE });
  return z.NEVER;
});
