/** Both cookies of a browser: one for its session, one for a sign-in in progress. */
const SESSION = 'barometer_session';
const PENDING = 'barometer_sign_in';
const SESSION_SECONDS = 30 * 24 * 60 * 60;
const PENDING_SECONDS = 10 * 60;
/** The characters that a cookie's value may hold (RFC 6265); keys and tokens hold nothing else. Browsers keep up to 4 kB. */
const VALUE = /^[\x21\x23-\x2b\x2d-\x3a\x3c-\x5b\x5d-\x7e]{1,3800}$/;

export interface CookiePlace {
  readonly secure: boolean;
  readonly basePath?: string | undefined;
}

/** The scope of a cookie that answers this request. */
export const cookiePlace = ({ protocol }: { readonly protocol: string }, { basePath }: { readonly basePath?: string }): CookiePlace => ({
  secure: protocol === 'https',
  basePath,
});

/** The key, or the token of a session, that a Cookie header carries. */
export const sessionOfCookie = (header: string | undefined): string | undefined => valueOf(header, SESSION);

/** The state of a sign-in in progress, from a Cookie header. */
export const pendingOfCookie = (header: string | undefined): string | undefined => valueOf(header, PENDING);

function valueOf(header: string | undefined, name: string): string | undefined {
  const pairs = (header ?? '').split(';').map((pair) => pair.trim());
  return pairs.find((pair) => pair.startsWith(`${name}=`))?.slice(name.length + 1) || undefined;
}

/**
 * The Set-Cookie header that stores a key or a session's token, or deletes the cookie if there is none. The cookie
 * contains the key itself, so that revoking the key ends every session; no script can read it, no other site can send
 * it, and it is sent only to addresses below `basePath`.
 */
export function sessionCookie(value: string | undefined, { secure, basePath = '' }: CookiePlace): string {
  return cookie(SESSION, value, `Path=${basePath || '/'}; Max-Age=${value === undefined ? 0 : SESSION_SECONDS}; HttpOnly; SameSite=Strict`, secure);
}

/**
 * The Set-Cookie header that stores the state of a sign-in, for ten minutes and for the addresses of signing in. Unlike
 * the cookie of a session, it must also be sent when the provider, another site, redirects the browser back.
 */
export function pendingCookie(value: string | undefined, { secure, basePath = '' }: CookiePlace, path: string): string {
  return cookie(PENDING, value, `Path=${basePath}${path}; Max-Age=${value === undefined ? 0 : PENDING_SECONDS}; HttpOnly; SameSite=Lax`, secure);
}

function cookie(name: string, value: string | undefined, attributes: string, secure: boolean): string {
  if (value !== undefined && !VALUE.test(value)) throw new TypeError('a value holds a character that a cookie cannot, or is too long');
  return `${name}=${value ?? ''}; ${attributes}${secure ? '; Secure' : ''}`;
}
