const NAME = 'barometer_session';
const MAX_AGE_SECONDS = 30 * 24 * 60 * 60;
/** The characters that a cookie's value may hold (RFC 6265); keys hold nothing else. */
const VALUE = /^[\x21\x23-\x2b\x2d-\x3a\x3c-\x5b\x5d-\x7e]{1,200}$/;

/** The key that a Cookie header carries. */
export function keyOfCookie(header: string | undefined): string | undefined {
  const pairs = (header ?? '').split(';').map((pair) => pair.trim());
  return pairs.find((pair) => pair.startsWith(`${NAME}=`))?.slice(NAME.length + 1) || undefined;
}

/**
 * The Set-Cookie header that keeps a key, or forgets it when there is none. The cookie holds the key itself, so that
 * revoking the key ends every session; no script can read it and no other site can send it, and it goes to what stands under `basePath` alone.
 */
export function sessionCookie(key: string | undefined, { secure, basePath = '' }: { readonly secure: boolean; readonly basePath?: string | undefined }): string {
  if (key !== undefined && !VALUE.test(key)) throw new TypeError('a key holds a character that a cookie cannot');
  const life = key === undefined ? 0 : MAX_AGE_SECONDS;
  return `${NAME}=${key ?? ''}; Path=${basePath || '/'}; Max-Age=${life}; HttpOnly; SameSite=Strict${secure ? '; Secure' : ''}`;
}
