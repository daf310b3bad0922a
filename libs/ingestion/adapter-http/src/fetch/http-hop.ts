import { isIP } from 'node:net';
import type { AddressPolicy } from '@barometer/guarded-http';
import { createFetch } from 'ofetch';
import { type Dispatcher, fetch as undiciFetch, Headers } from 'undici';
import { ArrivingBody } from './arriving-body';
import { ChainCookies } from './chain-cookies';
import { fail, FetchFailure, toFetchError } from './fetch-failure';
import { readLocation } from './location';
import type { BodyLimits } from './newest-part';
import { forbiddenAddress } from './pinned-dispatcher';

/** ofetch over the fetch of the installed undici: the built-in one takes no dispatcher of another undici version. */
const request = createFetch({
  fetch: undiciFetch as unknown as typeof globalThis.fetch,
  Headers: Headers as unknown as typeof globalThis.Headers,
}).raw;

const REDIRECTS = new Set([301, 302, 303, 307, 308]);

/** The first request's answer that is no redirect, and how it was reached. */
export interface Landing {
  /** Its head; what follows is in `body`. */
  readonly response: Response;
  readonly body: ArrivingBody;
  readonly url: string;
  /** Whether there were redirects, all of them permanent, to where no cookie is needed. */
  readonly moved: boolean;
}

export interface HopOptions {
  readonly dispatcher: Dispatcher;
  readonly mayConnect: AddressPolicy;
  readonly headers: Readonly<Record<string, string>>;
  readonly signal: AbortSignal;
  readonly mostRedirects: number;
  /** Of the body as it is sent. */
  readonly bodyLimits: BodyLimits;
}

/** Reads an address that may be asked: http or https, no credentials, and no forbidden IP address in any spelling. */
export function checkedUrl(address: string, mayConnect: AddressPolicy): URL {
  const url = URL.parse(address);
  if (url === null) throw fail('invalid-url', 'The address is not a valid URL.');
  if (url.protocol !== 'http:' && url.protocol !== 'https:') {
    throw fail('invalid-url', `Only http and https addresses can be polled, not ${url.protocol.slice(0, 20)}`);
  }
  if (url.username !== '' || url.password !== '') {
    throw fail('invalid-url', 'The address holds a user name or password, which is not allowed.');
  }
  // URL parsing has turned 0x7f.1, 2130706433 and the like into the usual form by now.
  const literal = url.hostname.replace(/^\[|\]$/g, '');
  if (isIP(literal) !== 0 && !mayConnect(literal)) throw forbiddenAddress(url.hostname);
  return url;
}

/** Follows redirects one by one, each target checked like the first address, with the cookies that are set on the way. */
export async function land(address: string, options: HopOptions): Promise<Landing> {
  const cookies = new ChainCookies();
  let url = checkedUrl(address, options.mayConnect);
  const asked = new Set<string>();
  let permanent = true;
  for (let redirects = 0; ; redirects += 1) {
    asked.add(url.href);
    const { response, body } = await ask(url, options, await cookies.headersFor(url));
    if (!REDIRECTS.has(response.status)) {
      // An address that opened only with a cookie would be a closed door to the next poll.
      return { response, body, url: url.href, moved: redirects > 0 && permanent && !cookies.sent };
    }
    body.cancel();
    if (redirects === options.mostRedirects) {
      throw tooManyRedirects(options.mostRedirects, asked.size <= redirects);
    }
    await cookies.keep(response.headers, url);
    permanent &&= response.status === 301 || response.status === 308;
    url = checkedUrl(target(response, url).href, options.mayConnect);
  }
}

function tooManyRedirects(most: number, inCircle: boolean): FetchFailure {
  if (!inCircle) return fail('too-many-redirects', `The address redirects more than ${most} times.`);
  return fail('too-many-redirects', `The address redirects in a circle, more than ${most} times: its host may let in only browsers or programs that it knows. Try another User-Agent for this source.`);
}

function target({ headers, status: httpStatus }: Response, from: URL): URL {
  const location = headers.get('location');
  const url = readLocation(location ?? '', from);
  if (url === null) {
    const where = location === null ? 'without saying where to' : 'to something that is no readable address';
    throw fail('bad-redirect', `${from.host} redirects ${where}.`, { httpStatus });
  }
  return url;
}

async function ask(url: URL, { dispatcher, headers, signal, bodyLimits }: HopOptions, cookies: { readonly cookie?: string }) {
  const body = new ArrivingBody(bodyLimits.taken, bodyLimits.read);
  const response = await request(url.href, {
    dispatcher: dispatcher.compose(body.intercept),
    headers: { ...headers, ...cookies },
    signal,
    retry: false,
    redirect: 'manual',
    responseType: 'stream',
    ignoreResponseError: true,
  }).catch((error: unknown) => {
    throw new FetchFailure(toFetchError(error, url.host), error);
  });
  return { response, body };
}
