import { feedOf, type Access, type AccessRole } from '@barometer/reporting';
import { sha256Hex } from '@barometer/kernel';
import type { FastifyInstance, FastifyRequest } from 'fastify';
import type { ApiDependencies } from '../dependencies';
import { ApiProblem } from '../problems/api-problem';
import { guardOrigin, isSafe } from './loopback';
import { keyOfCookie } from './session-cookie';

/** Who asks: on loopback the owner of the computer, elsewhere the holder of a key. */
export interface Caller extends Access {
  /** Tells one key from another without being one. */
  readonly keyId?: string;
  /** Whether the key is still valid, for an answer that goes on for long. */
  readonly isStillValid?: () => Promise<boolean>;
}

declare module 'fastify' {
  interface FastifyRequest {
    caller: Caller | undefined;
  }
  interface FastifyContextConfig {
    /**
     * What a caller needs. Without it: `read` for safe methods, `write` for the others, and for unknown addresses. `feed`:
     * any key that may read, or the key of this very feed, which may stand in the address.
     */
    access?: 'public' | AccessRole;
  }
}

/**
 * Checks every request in two steps: who asks (before the rate limit, which counts by key), and whether the route is
 * theirs (after it, so that guessing keys is limited as well).
 */
export function addAccessControl(app: FastifyInstance, deps: Pick<ApiDependencies, 'config' | 'keys'>): void {
  app.decorateRequest('caller', undefined);
  app.addHook('onRequest', async (request) => {
    guardOrigin(request, deps.config);
    request.caller = deps.config.loopback ? { role: 'write' } : ((await identify(request, deps.keys)) ?? (await identifyReader(request, deps.keys)));
  });
  app.addHook('preParsing', async (request) => {
    // What is nowhere is refused by the not-found handler: only there has its rate limit counted.
    if (!request.is404) authorise(request);
  });
}

async function identify(request: FastifyRequest, keys: ApiDependencies['keys']): Promise<Caller | undefined> {
  const key = bearerOf(request) ?? keyOfCookie(request.headers.cookie);
  return key === undefined ? undefined : callerWith(key, keys);
}

async function callerWith(key: string, keys: ApiDependencies['keys']): Promise<Caller | undefined> {
  const access = await keys.execute(key);
  return access && { ...access, keyId: sha256Hex(key).slice(0, 16), isStillValid: async () => (await keys.execute(key)) !== undefined };
}

/**
 * Readers of feeds can send no header: there the key stands in the address, where logs and lists of feeds see it. So only
 * the key of a feed is taken from there.
 */
async function identifyReader(request: FastifyRequest, keys: ApiDependencies['keys']): Promise<Caller | undefined> {
  if (request.routeOptions.config?.access !== 'feed') return undefined;
  const { key } = request.query as { key?: unknown };
  const caller = typeof key === 'string' && key.length <= 200 ? await callerWith(key, keys) : undefined;
  if (caller && caller.role !== 'feed') throw new ApiProblem('forbidden', 'Only a key that is for a feed may stand in an address; "barometer keys add --feed" makes one. Revoke this one: it may have been seen.');
  return caller;
}

function bearerOf(request: FastifyRequest): string | undefined {
  return /^Bearer +([\x21-\x7e]{1,200})$/i.exec(request.headers.authorization ?? '')?.[1];
}

function authorise(request: FastifyRequest): void {
  const needed = request.routeOptions.config?.access ?? (isSafe(request.method) ? 'read' : 'write');
  if (needed === 'public') return;
  requireCaller(request);
  if (request.caller?.role === 'feed') {
    const asked = needed === 'feed' && feedOf(request.url);
    if (asked !== request.caller.feed) throw new ApiProblem('forbidden', `This key is for one feed only: ${request.caller.feed}.`);
    return;
  }
  if (needed === 'write' && request.caller?.role !== 'write') throw new ApiProblem('forbidden', 'This needs a key with the role "write".');
}

/** @throws ApiProblem unauthorized when nobody knows who asks */
export function requireCaller(request: FastifyRequest): void {
  if (request.caller) return;
  const detail = 'Send a valid access key as "Authorization: Bearer KEY", or sign in with it; "barometer keys add" makes one.';
  throw new ApiProblem('unauthorized', detail, { headers: { 'www-authenticate': 'Bearer realm="Barometer"' } });
}
