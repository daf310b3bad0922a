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

/** ofetch with the fetch of the installed undici: the built-in one does not accept a dispatcher of another undici version. */
const request = createFetch({
  fetch: undiciFetch as unknown as typeof globalThis.fetch,
  Headers: Headers as unknown as typeof globalThis.Headers,
}).raw;

const REDIRECTS = new Set([301, 302, 303, 307, 308]);

/** The first answer that is not a redirect, and how it was reached. */
export interface Landing {
  /** Status and headers; the rest is in `body`. */
  readonly response: Response;
  readonly body: ArrivingBody;
  readonly url: string;
  /** Whether there were redirects, all permanent, to an address that needs no cookie. */
  readonly moved: boolean;
}

export interface HopOptions {
  readonly dispatcher: Dispatcher;
  readonly mayConnect: AddressPolicy;
  readonly headers: Readonly<Record<string, string>>;
  readonly signal: AbortSignal;
  readonly mostRedirects: number;
  /** Limits of the body, applied to the bytes as sent. */
  readonly bodyLimits: BodyLimits;
}

/** Parses an address that may be requested: http or https, no credentials, and no forbidden IP address in any spelling. */
export function checkedUrl(address: string, mayConnect: AddressPolicy): URL {
  const url = URL.parse(address);
  if (url === null) throw fail('invalid-url', 'The address is not a valid URL.');
  if (url.protocol !== 'http:' && url.protocol !== 'https:') {
    throw fail('invalid-url', `Only http and https addresses can be polled, not ${url.protocol.slice(0, 20)}`);
  }
  if (url.username !== '' || url.password !== '') {
    throw fail('invalid-url', 'The address holds a user name or password, which is not allowed.');
  }
  // URL parsing has already normalised 0x7f.1, 2130706433 and the like.
  const literal = url.hostname.replace(/^\[|\]$/g, '');
  if (isIP(literal) !== 0 && !mayConnect(literal)) throw forbiddenAddress(url.hostname);
  return url;
}

/** Follows redirects one by one, with the cookies set on the way; each target is checked like the first address. */
export async function land(address: string, options: HopOptions): Promise<Landing> {
  const cookies = new ChainCookies();
  let url = checkedUrl(address, options.mayConnect);
  const asked = new Set<string>();
  let permanent = true;
  for (let redirects = 0; ; redirects += 1) {
    asked.add(url.href);
    const { response, body } = await ask(url, options, await cookies.headersFor(url));
    if (!REDIRECTS.has(response.status)) {
      // The next poll could not open an address that needs a cookie.
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
  return fail(
    'too-many-redirects',
    `The address redirects in a circle, more than ${most} times: its host may let in only browsers or programs that it knows. Try another User-Agent for this source.`,
  );
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
