/**
 * Parameters by which publishers mark where a reader came from, in the links of their own feeds: the New York Times
 * (partner, emc, …), the Financial Times (ftcamp, segmentid), Dow Jones (mod, reflink). Tracking parameters that no publisher
 * gives a meaning of its own are gone already (`canonicalUrl`).
 */
const MARKS: readonly (readonly [hosts: RegExp, names: ReadonlySet<string>])[] = [
  [/(^|\.)nytimes\.com$/, new Set(['partner', 'emc', 'smid', 'smtyp', 'nl', 'te', 'campaign_id', 'instance_id', 'segment_id', 'user_id', 'regi_id', 'rref', 'ref'])],
  [/(^|\.)ft\.com$/, new Set(['ftcamp', 'segmentid', 'desktop'])],
  [/(^|\.)(wsj|barrons|marketwatch|fnlondon)\.com$/, new Set(['mod', 'reflink', 'siteid', 'link'])],
];
/** Names that mean nothing else anywhere. */
const ALWAYS = new Set(['ftcamp', 'emc', 'amp', 'output_type', 'outputtype']);
/** A value that says "by the feed": `ref=rss`, `mod=rss_news`, `partner=rss`, `source=feed`. */
const FROM_FEED = /(^|[^a-z0-9])(rss\d?|atom|feeds?)([^a-z0-9]|$)/i;
const FROM_FEED_NAMES = /^(ref|referrer|source|src|from|via|partner|mod|campaign|camp|cmp|medium|origin|channel|rss|feed|emc|in|r|s|cid|taid|mbid|fr)$/i;

/**
 * What a page's address has in common however it is linked: without scheme, `www.`, trailing slash, the marks of AMP
 * (`amp.` before the host; `/amp`, `.amp` and `?amp` around the path) and the marks of publishers' feeds. Two addresses with
 * the same key are the same page; it is compared, never shown or fetched.
 * @param url an address as `canonicalUrl` gives it, with or without a fragment, which counts as part of the page
 */
export function pageKey(url: string): string {
  const { hostname, port, pathname, search, hash } = new URL(url);
  const host = hostname.replace(/^(www\d?|amp)\./, '');
  return `${host}${port === '' ? '' : `:${port}`}${pagePath(pathname)}${pageQuery(search, hostname)}${hash}`;
}

/** Whether an address is that of a whole site, which says nothing about which of its articles is meant. */
export const isSiteAddress = (url: string): boolean => /^[^/?#]+$/.test(pageKey(url));

/** With what needs no percent-encoding decoded, and the rest in capitals (RFC 3986, 6.2.2). */
const plainlyEncoded = (text: string): string => text.replace(/%[0-9a-f]{2}/gi, (code) => {
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
  const marks = MARKS.find(([hosts]) => hosts.test(host))?.[1];
  const kept = search.slice(1).split('&').filter((parameter) => parameter !== '' && !isMark(parameter, marks));
  return kept.length === 0 ? '' : `?${kept.join('&')}`;
}

function isMark(parameter: string, marks: ReadonlySet<string> | undefined): boolean {
  const [name = '', value = ''] = parameter.split(/=(.*)/s);
  const lower = name.toLowerCase();
  if (ALWAYS.has(lower) || marks?.has(lower)) return true;
  return (FROM_FEED_NAMES.test(lower) && FROM_FEED.test(value)) || (lower === 'output' && value === 'amp');
}
