import type { LookupAddress, LookupOptions } from 'node:dns';
import type { LookupFunction } from 'node:net';
import type { AddressPolicy } from './address-policy';

/** The form of `dns.lookup` that returns all addresses of a name. */
export type ResolveName = (
  hostname: string,
  options: LookupOptions & { all: true },
  callback: (error: NodeJS.ErrnoException | null, addresses: LookupAddress[]) => void,
) => void;

/**
 * A lookup that returns only addresses which the policy allows. The socket layer connects to exactly these, and looks up
 * only once, so that a name cannot resolve differently between the check and the connection. `forbidden` makes the
 * error.
 */
export function checkedLookup(mayConnect: AddressPolicy, resolve: ResolveName, forbidden: (hostname: string) => Error): LookupFunction {
  return (hostname, options, callback) => {
    resolve(hostname, { ...options, all: true }, (error, addresses = []) => {
      const [first] = addresses;
      if (error !== null || first === undefined) {
        callback(error ?? Object.assign(new Error('no address'), { code: 'ENOTFOUND' }), []);
      } else if (!addresses.every(({ address }) => mayConnect(address))) {
        callback(forbidden(hostname), []);
      } else if (options.all === true) callback(null, addresses);
      else callback(null, first.address, first.family);
    });
  };
}
