import { lookup as systemLookup } from 'node:dns';
import { checkedLookup, type AddressPolicy, type ResolveName } from '@barometer/guarded-http';
import { Agent, buildConnector, type Dispatcher } from 'undici';
import { fail } from './fetch-failure';
import { mendingAnswer } from './mend-answer';

/** Carries the server's Content-Encoding, which the dispatcher hides from fetch's own decoder. */
export const CONTENT_ENCODING = 'barometer-content-encoding';

/**
 * Opens connections only to addresses that the policy allows (`checkedLookup`). Each serves one request: polls are
 * minutes apart, and bytes sent after an answer cannot be taken for the next one.
 */
export function pinnedDispatcher(mayConnect: AddressPolicy, connectMs: number, resolve: ResolveName = systemLookup): Dispatcher {
  const open = buildConnector({ timeout: connectMs, lookup: checkedLookup(mayConnect, resolve, forbiddenAddress) });
  const connect: typeof open = (options, done) =>
    open(options, (...opened) => {
      if (opened[1]) done(null, mendingAnswer(opened[1]));
      else done(...opened);
    });
  return new Agent({ connect, pipelining: 0 }).compose(readableHeaders);
}

export const forbiddenAddress = (hostname: string) =>
  fail('forbidden-address', `${hostname} is an address of a private or local network, which sources may not use.`);

/**
 * Hides headers that fetch would mishandle: it would decode the body itself, without a limit and failing on wrong labels
 * (see `decodeBody`), and it would join two Location headers. Two equal ones count as one, different ones as none.
 */
const readableHeaders: Dispatcher.DispatcherComposeInterceptor = (dispatch) => (options, handler) => {
  const onResponseStart = handler.onResponseStart?.bind(handler);
  handler.onResponseStart = (controller, status, { 'content-encoding': encoding, location, ...headers }, text) => {
    const more = { ...(encoding !== undefined && { [CONTENT_ENCODING]: encoding }), ...(location !== undefined && { location: onePlace(location) }) };
    onResponseStart?.(controller, status, { ...headers, ...more }, text);
  };
  return dispatch(options, handler);
};

const onePlace = (location: string | string[]): string => {
  const [first = '', ...others] = [location].flat();
  return others.every((other) => other === first) ? first : '';
};
