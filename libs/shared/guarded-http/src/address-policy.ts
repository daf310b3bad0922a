import ipaddr from 'ipaddr.js';

/** Whether a connection to this IP address is allowed. */
export type AddressPolicy = (address: string) => boolean;

/** Serves Azure's metadata, although its range is public. */
const PUBLIC_METADATA = new Set(['168.63.129.16']);

const GLOBAL_UNICAST = ipaddr.IPv6.parseCIDR('2000::/3');
const NAT64 = ipaddr.IPv6.parseCIDR('64:ff9b::/96');

/**
 * Whether an IP address is one of the public internet: not loopback, private, link-local, carrier-grade NAT, metadata,
 * multicast or reserved, including IPv6 forms that embed such an IPv4 address.
 */
export function isPublicAddress(address: string): boolean {
  try {
    const parsed = ipaddr.process(address.replace(/%.*$/, ''));
    return parsed instanceof ipaddr.IPv6 ? isPublicV6(parsed) : isPublicV4(parsed);
  } catch {
    return false;
  }
}

function isPublicV4(address: ipaddr.IPv4): boolean {
  return address.range() === 'unicast' && !PUBLIC_METADATA.has(address.toString());
}

function isPublicV6(address: ipaddr.IPv6): boolean {
  // A network without IPv4 reaches every IPv4 host through this prefix, so the embedded address decides.
  if (address.match(NAT64)) return isPublicV4(ipaddr.fromByteArray(address.toByteArray().slice(12)) as ipaddr.IPv4);
  return address.range() === 'unicast' && address.match(GLOBAL_UNICAST);
}
