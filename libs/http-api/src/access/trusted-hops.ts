import { BlockList, isIP } from 'node:net';

/** Addresses that nobody on the internet has: RFC 1122, 1918, 3927, 4193, 4291. */
const nearby = new BlockList();
nearby.addSubnet('127.0.0.0', 8, 'ipv4');
nearby.addSubnet('10.0.0.0', 8, 'ipv4');
nearby.addSubnet('172.16.0.0', 12, 'ipv4');
nearby.addSubnet('192.168.0.0', 16, 'ipv4');
nearby.addSubnet('169.254.0.0', 16, 'ipv4');
nearby.addAddress('::1', 'ipv6');
nearby.addSubnet('fc00::', 7, 'ipv6');
nearby.addSubnet('fe80::', 10, 'ipv6');

/**
 * Trusts so many proxies in a row, of which the one that connects is at a loopback or private address: a count alone would
 * believe whoever reaches the port directly and claims to be a proxy.
 * @returns what Fastify asks for the peer (`hop` 0) and for each address that X-Forwarded-For names before it
 */
export function trustedHops(count: number): (address: string, hop: number) => boolean {
  return (address, hop) => hop < count && (hop > 0 || isNearby(address));
}

function isNearby(address: string): boolean {
  const version = isIP(address);
  return version !== 0 && nearby.check(address, version === 4 ? 'ipv4' : 'ipv6');
}
