import type { FastifyRequest } from 'fastify';
import { ApiProblem } from '../problems/api-problem';

const LOOPBACK = /^(localhost|(.+\.)?localhost|127(\.\d{1,3}){3}|\[::1\])$/i;

/** Whether a Host header (with or without a port) or an origin names this computer. */
export function isLoopbackHost(host: string): boolean {
  return LOOPBACK.test(host.replace(/:\d+$/, ''));
}

const safe = new Set(['GET', 'HEAD', 'OPTIONS']);
export const isSafe = (method: string): boolean => safe.has(method);

/**
 * Refuses requests that a page of another site can make a browser send. On loopback, where no key protects the API,
 * Host and Origin must be loopback: a foreign name that resolves to 127.0.0.1 (DNS rebinding) is recognised by its
 * Host, a cross-site request by its Origin or Sec-Fetch-Site. Elsewhere an unsafe request must come from the page's own
 * origin.
 * @throws ApiProblem forbidden
 */
export function guardOrigin(request: FastifyRequest, config: { readonly loopback: boolean; readonly allowedOrigins: readonly string[] }): void {
  const {
    host,
    headers: { origin },
  } = request;
  const allowed = origin !== undefined && config.allowedOrigins.includes(origin);
  if (config.loopback && !isLoopbackHost(host)) throw refuse('Host', host);
  if (origin !== undefined && !allowed && !(config.loopback ? isLoopbackOrigin(origin) : isSafe(request.method) || hostOf(origin) === host.toLowerCase())) {
    throw refuse('Origin', origin);
  }
  const site = request.headers['sec-fetch-site'];
  if (!isSafe(request.method) && !allowed && site === 'cross-site') throw refuse('Sec-Fetch-Site', site);
}

/**
 * For changes authorised by a cookie: the browser must say that they come from a page of this very origin, which no
 * other page can forge. All current browsers do; listed origins (`CORS_ORIGINS`) use keys.
 * @throws ApiProblem forbidden
 */
export function requireOwnOrigin({ host, headers }: FastifyRequest): void {
  const { origin, 'sec-fetch-site': site } = headers;
  const isOwn = origin === undefined ? site === 'same-origin' || site === 'none' : hostOf(origin) === host.toLowerCase();
  if (!isOwn)
    throw new ApiProblem(
      'forbidden',
      'A change by cookie has to come from the page itself, with its Origin; programs send their key as "Authorization: Bearer KEY".',
    );
}

function isLoopbackOrigin(origin: string): boolean {
  const host = hostOf(origin);
  return host !== undefined && isLoopbackHost(host);
}

/** Host and port of an origin; `undefined` for `null` and invalid ones. */
function hostOf(origin: string): string | undefined {
  return URL.canParse(origin) ? new URL(origin).host || undefined : undefined;
}

/** Usually the sender is honest, and a proxy has changed the headers of the browser. */
const hints: Readonly<Record<string, string>> = {
  Host: ' Behind a proxy, TRUST_PROXY has to name that proxy.',
  Origin: ' A proxy has to pass on the Host that the browser asked for, or X-Forwarded-Host with TRUST_PROXY naming that proxy.',
};

function refuse(header: string, value: string): ApiProblem {
  const message = `the ${header} "${value.slice(0, 200)}" is not one that this server answers`;
  return new ApiProblem('forbidden', `The request was refused: ${message}.${hints[header] ?? ''}`, {
    errors: [{ field: header, message: 'is not one that this server answers' }],
  });
}
