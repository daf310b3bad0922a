/** Scheme and host of an address, up to where its path begins. */
const ORIGIN = /^\s*(?:[a-z][a-z\d+.-]*:)?(?:[\\/]{2}[^\\/?#]*)?/i;

/**
 * Reads a Location header as it lies on the wire, each character a byte. Servers write addresses raw, in UTF-8 or, older
 * ones, in Latin-1; a path in Latin-1 keeps its bytes, since that is how its server knows it. Browsers do the same.
 * `null` when there is none to be read. The fragment is for the reader of a page, so it is dropped.
 */
export function readLocation(header: string, base: URL): URL | null {
  if (header.trim() === '') return null;
  const url = URL.parse(utf8(header) ?? bytesKept(header), base.href);
  if (url) url.hash = '';
  return url;
}

function utf8(header: string): string | undefined {
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(Buffer.from(header, 'latin1'));
  } catch {
    return undefined;
  }
}

function bytesKept(header: string): string {
  const [origin = ''] = ORIGIN.exec(header) ?? [];
  return origin + header.slice(origin.length).replace(/[\x80-\xff]/g, (byte) => `%${byte.charCodeAt(0).toString(16).toUpperCase()}`);
}
