import { isIP } from 'node:net';
import { createFetch } from 'ofetch';
import { type Dispatcher, fetch as undiciFetch, Headers } from 'undici';
import type { AddressPolicy } from './address-policy';
import { fail } from './fetch-failure';
import { forbiddenAddress } from './pinned-dispatcher';

/** ofetch over the fetch of the installed undici: the built-in one takes no dispatcher of another undici version. */
const request = createFetch({
  fetch: undiciFetch as unknown as typeof globalThis.fetch,
  Headers: Headers as unknown as typeof globalThis.Headers,
}).raw;

const REDIRECTS = new Set([301, 302, 303, 307, 308]);

/** The first request's answer that is no redirect, and how it was reached. */
export interface Landing {
  readonly response: Response;
  readonly url: string;
  /** Whether there were redirects, all of them permanent. */
  readonly moved: boolean;
}

export interface HopOptions {
  readonly dispatcher: Dispatcher;
  readonly mayConnect: AddressPolicy;
  readonly headers: Readonly<Record<string, string>>;
  readonly signal: AbortSignal;
  readonly mostRedirects: number;
}

/** Reads an address that may be asked: http or https, no credentials, and no forbidden IP address in any spelling. */
export function checkedUrl(address: string, mayConnect: AddressPolicy, base?: string): URL {
  const url = URL.parse(address, base);
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

/** Follows redirects one by one, each target checked like the first address. */
export async function land(address: string, options: HopOptions): Promise<Landing> {
  let url = checkedUrl(address, options.mayConnect);
  let permanent = true;
  for (let redirects = 0; ; redirects += 1) {
    const response = await ask(url, options);
    const target = response.headers.get('location');
    if (!REDIRECTS.has(response.status) || target === null) {
      return { response, url: url.href, moved: redirects > 0 && permanent };
    }
    await response.body?.cancel();
    if (redirects === options.mostRedirects) {
      throw fail('too-many-redirects', `The address redirects more than ${options.mostRedirects} times.`);
    }
    permanent &&= response.status === 301 || response.status === 308;
    url = checkedUrl(target, options.mayConnect, url.href);
  }
}

function ask(url: URL, { dispatcher, headers, signal }: HopOptions): Promise<Response> {
  return request(url.href, {
    dispatcher,
    headers,
    signal,
    retry: false,
    redirect: 'manual',
    responseType: 'stream',
    ignoreResponseError: true,
  });
}
