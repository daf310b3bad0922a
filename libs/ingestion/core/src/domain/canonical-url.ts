import { isTrackingParameter } from './tracking-parameters';

/** Longer than any real address of a page (sitemaps.org allows 2,048). */
const MAX_LENGTH = 4_096;

/**
 * The canonical address of a page: scheme and host in lower case, without fragment, user name, password, default port and
 * tracking parameters, the other parameters sorted by name. Idempotent.
 * `base` resolves a relative link. `undefined` if it is not an http(s) address or is too long.
 */
export function canonicalUrl(link: string, base?: string): string | undefined {
  if (link.length > MAX_LENGTH || link.trim() === '') return undefined;
  const url = URL.parse(link, base);
  if (!url || !isWebUrl(url)) return undefined;
  url.hash = '';
  url.username = '';
  url.password = '';
  // With its question mark, because the setter removes a leading one, which may be part of a parameter's name.
  const query = canonicalQuery(url.search);
  url.search = query === '' ? '' : `?${query}`;
  return url.href.length > MAX_LENGTH ? undefined : url.href;
}

/** Whether the scheme is http or https. */
export const isWebUrl = (url: URL): boolean => url.protocol === 'http:' || url.protocol === 'https:';

/** Works on the raw query: decoding and encoding it again would change it, and some servers compare it literally. */
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
