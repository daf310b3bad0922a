import { BlockList, isIP } from 'node:net';

/** Addresses that are not public: RFC 1122, 1918, 3927, 4193, 4291. */
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
 * Trusts this many proxies in a row if the one that connects has a loopback or private address: a count alone would
 * trust everyone who reaches the port directly and claims to be a proxy.
 * @returns the function that Fastify calls for the peer (`hop` 0) and for each address that X-Forwarded-For names
 * before it
 */
export function trustedHops(count: number): (address: string, hop: number) => boolean {
  return (address, hop) => hop < count && (hop > 0 || isNearby(address));
}

function isNearby(address: string): boolean {
  const version = isIP(address);
  return version !== 0 && nearby.check(address, version === 4 ? 'ipv4' : 'ipv6');
}
