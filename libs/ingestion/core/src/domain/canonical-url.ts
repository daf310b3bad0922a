import { isTrackingParameter } from './tracking-parameters';

/** Longer than any address that a browser's bar or a search engine takes (sitemaps.org allows 2,048). */
const MAX_LENGTH = 4_096;

/**
 * The one address of a page however it was linked: scheme and host in lower case, without fragment, user name, default
 * port and tracking parameters, the other parameters sorted by name. Doing it twice changes nothing.
 * `base` resolves a relative link. `undefined` when it is no http(s) address.
 */
export function canonicalUrl(link: string, base?: string): string | undefined {
  if (link.length > MAX_LENGTH || link.trim() === '') return undefined;
  const url = URL.parse(link, base);
  if (!url || !isWebUrl(url)) return undefined;
  url.hash = '';
  url.username = '';
  url.password = '';
  // With its question mark: the setter takes off a first one, which may be part of a parameter's name.
  const query = canonicalQuery(url.search);
  url.search = query === '' ? '' : `?${query}`;
  return url.href.length > MAX_LENGTH ? undefined : url.href;
}

/** Whether an address is one of the web's. */
export const isWebUrl = (url: URL): boolean => url.protocol === 'http:' || url.protocol === 'https:';

/** Works on the text of the query, since decoding and encoding it again would change what some servers compare. */
function canonicalQuery(search: string): string {
  return search
    .replace(/^\?/, '')
    .split('&')
    .map((parameter) => ({ parameter, name: nameOf(parameter) }))
    .filter(({ parameter, name }) => parameter !== '' && !isTrackingParameter(name))
    .sort((a, b) => (a.name < b.name ? -1 : Number(a.name > b.name)))
    .map(({ parameter }) => parameter)
    .join('&');
}

function nameOf(parameter: string): string {
  const name = parameter.split('=', 1)[0] ?? '';
  try {
    return decodeURIComponent(name);
  } catch {
    return name;
  }
}
