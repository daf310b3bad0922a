import type { AccessRole, SessionRole } from '@barometer/access';
import { feedOf } from '@barometer/reporting';
import { sha256Hex } from '@barometer/kernel';
import type { FastifyInstance, FastifyRequest } from 'fastify';
import type { ApiDependencies } from '../dependencies';
import { ApiProblem } from '../problems/api-problem';
import { guardOrigin, isSafe, requireOwnOrigin } from './loopback';
import { sessionOfCookie } from './session-cookie';

/** The caller: on loopback the owner of the computer, elsewhere the holder of a key, or someone who signed in at the provider. */
export interface Caller {
  readonly role: AccessRole | SessionRole;
  readonly by: 'computer' | 'key' | 'sign-in';
  /** For the role `feed`: the only feed that may be read. */
  readonly feed?: string;
  /** The label of the key, or the person's name. */
  readonly name?: string;
  readonly email?: string;
  /** The id of the session, and when it ends unless it is used. */
  readonly sessionId?: string;
  readonly expiresAt?: number;
  /** Identifies a key or session without revealing it. */
  readonly keyId?: string;
  /** Whether the key or session is still valid, for answers that stay open. */
  readonly isStillValid?: () => Promise<boolean>;
}

/** The role that the caller is told; the key of a single feed counts as a read key. */
export const roleOf = (caller: Caller | undefined): SessionRole => (caller === undefined || caller.role === 'feed' ? 'read' : caller.role);

/** Whether this caller may change things. */
export const mayWrite = (caller: Caller | undefined): boolean => caller?.role === 'write' || caller?.role === 'admin';

declare module 'fastify' {
  interface FastifyRequest {
    caller: Caller | undefined;
  }
  interface FastifyContextConfig {
    /**
     * What a caller needs. By default `read` for safe methods, and `write` for the others and for unknown addresses.
     * `feed`: any key that may read, or the key of this very feed, which may be in the address.
     */
    access?: 'public' | AccessRole | SessionRole;
  }
}

/**
 * Checks every request in two steps: who the caller is (before the rate limit, which counts by key), and whether the
 * route is allowed (after it, so that guessing keys is limited as well).
 */
export function addAccessControl(app: FastifyInstance, deps: AccessDeps): void {
  app.decorateRequest('caller', undefined);
  app.addHook('onRequest', async (request) => {
    guardOrigin(request, deps.config);
    request.caller = deps.config.loopback ? { role: 'write', by: 'computer' } : ((await identify(request, deps)) ?? (await identifyReader(request, deps.keys)));
  });
  app.addHook('preParsing', async (request) => {
    // Unknown addresses are refused in the not-found handler, because their rate limit is counted only there.
    if (!request.is404) authorise(request);
  });
}

type AccessDeps = Pick<ApiDependencies, 'config' | 'keys' | 'signIn'>;

async function identify(request: FastifyRequest, { keys, signIn }: AccessDeps): Promise<Caller | undefined> {
  const bearer = bearerOf(request);
  if (bearer !== undefined) return callerWith(bearer, keys);
  const kept = sessionOfCookie(request.headers.cookie);
  return kept === undefined ? undefined : ((await signedIn(kept, signIn)) ?? callerWith(kept, keys));
}

async function callerWith(key: string, keys: ApiDependencies['keys']): Promise<Caller | undefined> {
  const holder = await keys.execute(key);
  return holder && { ...holder, by: 'key', keyId: sha256Hex(key).slice(0, 16), isStillValid: async () => (await keys.execute(key)) !== undefined };
}

async function signedIn(token: string, signIn: ApiDependencies['signIn']): Promise<Caller | undefined> {
  const session = await signIn?.verify.execute(token);
  if (!signIn || !session) return undefined;
  const { id, role, name, email, expiresAt } = session;
  return {
    role,
    by: 'sign-in',
    name,
    ...(email !== undefined && { email }),
    sessionId: id,
    expiresAt,
    keyId: `session ${id}`,
    isStillValid: async () => (await signIn.verify.execute(token)) !== undefined,
  };
}

/**
 * Feed readers cannot send headers, so the key is in the address, where logs and lists of feeds show it. Therefore only
 * the key of a feed is accepted there.
 */
async function identifyReader(request: FastifyRequest, keys: ApiDependencies['keys']): Promise<Caller | undefined> {
  if (request.routeOptions.config?.access !== 'feed') return undefined;
  const { key } = request.query as { key?: unknown };
  const caller = typeof key === 'string' && key.length <= 200 ? await callerWith(key, keys) : undefined;
  if (caller && caller.role !== 'feed')
    throw new ApiProblem(
      'forbidden',
      'Only a key that is for a feed may stand in an address; "barometer keys add --feed" makes one. Revoke this one: it may have been seen.',
    );
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
  if (needed === 'admin' && request.caller?.role !== 'admin')
    throw new ApiProblem(
      'forbidden',
      'Only administrators may do this; OIDC_ADMINS names them. On the computer that runs Barometer, "barometer sessions" does the same.',
    );
  if (needed === 'write' && !mayWrite(request.caller))
    throw new ApiProblem('forbidden', `This needs ${request.caller?.by === 'sign-in' ? 'a user' : 'a key'} with the role "write".`);
  // Browsers send cookies automatically, so a change must also carry proof that it comes from this page.
  if (!isSafe(request.method) && bearerOf(request) === undefined && request.caller?.by !== 'computer') requireOwnOrigin(request);
}

/** @throws ApiProblem unauthorized if the caller is unknown */
export function requireCaller(request: FastifyRequest): void {
  if (request.caller) return;
  const detail = 'Send a valid access key as "Authorization: Bearer KEY", or sign in with it; "barometer keys add" makes one.';
  throw new ApiProblem('unauthorized', detail, { headers: { 'www-authenticate': 'Bearer realm="Barometer"' } });
}
