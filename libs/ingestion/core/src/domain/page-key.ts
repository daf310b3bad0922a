import { isPublishersMark } from './publishers-marks';

/**
 * The part of an address that identifies its page: without scheme, `www.`, trailing slash, AMP markers (`amp.` before the
 * host; `/amp`, `.amp` and `?amp` around the path) and publishers' tracking parameters. Two addresses with the same key are
 * the same page; keys are only compared, never shown or fetched.
 * @param url an address from `canonicalUrl`, with or without a fragment, which counts as part of the page
 */
export function pageKey(url: string): string {
  const { hostname, port, pathname, search, hash } = new URL(url);
  const host = hostname.replace(/^(www\d?|amp)\./, '');
  return `${host}${port === '' ? '' : `:${port}`}${pagePath(pathname)}${pageQuery(search, hostname)}${hash}`;
}

/** Whether an address is a site's front page, which identifies no article. */
export const isSiteAddress = (url: string): boolean => /^[^/?#]+$/.test(pageKey(url));

/** Decodes percent-encoded unreserved characters, and writes the other codes in capitals (RFC 3986, 6.2.2). */
const plainlyEncoded = (text: string): string =>
  text.replace(/%[0-9a-f]{2}/gi, (code) => {
    const character = String.fromCharCode(parseInt(code.slice(1), 16));
    return /[\w.~-]/.test(character) ? character : code.toUpperCase();
  });

function pagePath(path: string): string {
  return plainlyEncoded(path)
    .replace(/\/+$/, '')
    .replace(/^\/amp(?=\/)/i, '')
    .replace(/(\/amp|\.amp|\/amp\.html?|\/index\.amp)$/i, '')
    .replace(/\.amp(\.html?)$/i, '$1')
    .replace(/\/+$/, '');
}

function pageQuery(search: string, host: string): string {
  const kept = search
    .slice(1)
    .split('&')
    .filter((parameter) => parameter !== '' && !isPublishersMark(parameter, host));
  return kept.length === 0 ? '' : `?${plainlyEncoded(kept.join('&'))}`;
}
