import { lookup as systemLookup, type LookupAddress, type LookupOptions } from 'node:dns';
import type { LookupFunction } from 'node:net';
import { Agent, type Dispatcher } from 'undici';
import type { AddressPolicy } from './address-policy';
import { fail } from './fetch-failure';

/** The form of `dns.lookup` that gives all addresses of a name. */
export type ResolveName = (
  hostname: string,
  options: LookupOptions & { all: true },
  callback: (error: NodeJS.ErrnoException | null, addresses: LookupAddress[]) => void,
) => void;

/** Where the server's Content-Encoding stands after the dispatcher hid it from fetch's own decoder. */
export const CONTENT_ENCODING = 'barometer-content-encoding';

/**
 * A connection pool that opens a socket only to addresses which the policy allows. The socket layer connects to exactly
 * what this lookup answers, and asks only once, so that a name can't point elsewhere between the check and the connection.
 */
export function pinnedDispatcher(mayConnect: AddressPolicy, connectMs: number, resolve: ResolveName = systemLookup): Dispatcher {
  return new Agent({ connect: { timeout: connectMs, lookup: checkedLookup(mayConnect, resolve) } }).compose(hideContentEncoding);
}

export function checkedLookup(mayConnect: AddressPolicy, resolve: ResolveName): LookupFunction {
  return (hostname, options, callback) => {
    resolve(hostname, { ...options, all: true }, (error, addresses = []) => {
      const [first] = addresses;
      if (error !== null || first === undefined) {
        callback(error ?? Object.assign(new Error('no address'), { code: 'ENOTFOUND' }), []);
      } else if (!addresses.every(({ address }) => mayConnect(address))) {
        callback(forbiddenAddress(hostname), []);
      } else if (options.all === true) callback(null, addresses);
      else callback(null, first.address, first.family);
    });
  };
}

export const forbiddenAddress = (hostname: string) =>
  fail('forbidden-address', `${hostname} is an address of a private or local network, which sources may not use.`);

/** fetch would decode the body itself, without a limit and without mercy for wrong labels; see `decodeBody`. */
const hideContentEncoding: Dispatcher.DispatcherComposeInterceptor = (dispatch) => (options, handler) => {
  const onResponseStart = handler.onResponseStart?.bind(handler);
  handler.onResponseStart = (controller, status, { 'content-encoding': encoding, ...headers }, text) =>
    onResponseStart?.(controller, status, encoding === undefined ? headers : { ...headers, [CONTENT_ENCODING]: encoding }, text);
  return dispatch(options, handler);
};
