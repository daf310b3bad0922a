/** Scheme and host of an address, up to where its path begins. */
const ORIGIN = /^\s*(?:[a-z][a-z\d+.-]*:)?(?:[\\/]{2}[^\\/?#]*)?/i;

/**
 * Reads a Location header as raw bytes, each as one character. Servers write unescaped addresses in UTF-8 or, if older,
 * in Latin-1; a path in Latin-1 keeps its bytes, since its server expects them. Browsers do the same. `null` if there is
 * no valid address. The fragment is only for browsers and is dropped.
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
