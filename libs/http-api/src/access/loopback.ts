import type { FastifyRequest } from 'fastify';
import { ApiProblem } from '../problems/api-problem';

const LOOPBACK = /^(localhost|(.+\.)?localhost|127(\.\d{1,3}){3}|\[::1\])$/i;

/** Whether a Host header (with or without a port) or an origin names this computer itself. */
export function isLoopbackHost(host: string): boolean {
  return LOOPBACK.test(host.replace(/:\d+$/, ''));
}

const safe = new Set(['GET', 'HEAD', 'OPTIONS']);
export const isSafe = (method: string): boolean => safe.has(method);

/**
 * Refuses what a page of another site can make a browser send. On loopback, where no key protects the API, Host and
 * Origin must be loopback: a foreign name that resolves to 127.0.0.1 (DNS rebinding) is told by its Host, a request
 * made across sites by its Origin or Sec-Fetch-Site. Elsewhere an unsafe request must come from the page's own origin.
 * @throws ApiProblem forbidden
 */
export function guardOrigin(request: FastifyRequest, config: { readonly loopback: boolean; readonly allowedOrigins: readonly string[] }): void {
  const { host, headers: { origin } } = request;
  const allowed = origin !== undefined && config.allowedOrigins.includes(origin);
  if (config.loopback && !isLoopbackHost(host)) throw refuse('Host', host);
  if (origin !== undefined && !allowed && !(config.loopback ? isLoopbackOrigin(origin) : isSafe(request.method) || hostOf(origin) === host.toLowerCase())) {
    throw refuse('Origin', origin);
  }
  const site = request.headers['sec-fetch-site'];
  if (!isSafe(request.method) && !allowed && site === 'cross-site') throw refuse('Sec-Fetch-Site', site);
}

function isLoopbackOrigin(origin: string): boolean {
  const host = hostOf(origin);
  return host !== undefined && isLoopbackHost(host);
}

/** Host and port of an origin; `undefined` for `null` and what is no origin. */
function hostOf(origin: string): string | undefined {
  return URL.canParse(origin) ? new URL(origin).host || undefined : undefined;
}

/** Most often the sender is honest, and a proxy on the way has changed what the browser said. */
const hints: Readonly<Record<string, string>> = {
  Host: ' Behind a proxy, TRUST_PROXY has to name that proxy.',
  Origin: ' A proxy has to pass on the Host that the browser asked for, or X-Forwarded-Host with TRUST_PROXY naming that proxy.',
};

function refuse(header: string, value: string): ApiProblem {
  const message = `the ${header} "${value.slice(0, 200)}" is not one that this server answers`;
  return new ApiProblem('forbidden', `The request was refused: ${message}.${hints[header] ?? ''}`, { errors: [{ field: header, message: 'is not one that this server answers' }] });
}
