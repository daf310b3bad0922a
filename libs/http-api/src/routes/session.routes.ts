import type { FastifyRequest } from 'fastify';
import { emptied, problems } from '../openapi/responses';
import { sessionRequestSchema, sessionSchema, sessionStateSchema, signedOutSchema, type SessionState } from '../contract';
import { roleOf, type Caller } from '../access/access';
import { cookiePlace, sessionCookie, sessionOfCookie } from '../access/session-cookie';
import type { RouteGroup } from '../api';
import { ApiProblem } from '../problems/api-problem';
import { defined } from '../wire/defined';
import { publicHomeOf } from '../wire/home-of';
import { optionalTime } from '../wire/time';

const tags = ['Access'];

export const sessionRoutes: RouteGroup = (app, { config, keys, signIn }) => {
  app.get(
    '/session',
    {
      config: { access: 'public' },
      schema: { tags, summary: 'How to sign in here, and who is signed in', security: [], response: { 200: sessionStateSchema, ...problems() } },
    },
    async (request, reply) =>
      reply.header('cache-control', 'no-store').send({ required: !config.loopback, provider: signIn !== undefined, ...whoIs(request.caller) }),
  );

  app.post(
    '/session',
    {
      config: { access: 'public' },
      schema: {
        tags,
        summary: 'Sign in: exchange a key for a cookie',
        security: [],
        body: sessionRequestSchema,
        response: { 200: sessionSchema, ...problems(400, 413, 415) },
      },
    },
    async (request, reply) => {
      // On loopback no key is needed, so signing in changes nothing.
      if (config.loopback) return reply.header('cache-control', 'no-store').send({ role: 'write' as const });
      const access = await keys.execute(request.body.key);
      if (!access) throw new ApiProblem('unauthorized', 'This key is not valid.', { errors: [{ field: 'key', message: 'is not valid' }] });
      const { role } = access;
      if (role === 'feed')
        throw new ApiProblem('unauthorized', 'This key is for one feed: it belongs into the address of that feed.', {
          errors: [{ field: 'key', message: 'is for one feed' }],
        });
      return reply.headers({ 'cache-control': 'no-store', 'set-cookie': sessionCookie(request.body.key, cookiePlace(request, config)) }).send({ role });
    },
  );

  app.delete(
    '/session',
    {
      config: { access: 'public' },
      schema: {
        tags,
        summary: 'Sign out: end the session, or forget the key',
        security: [],
        description: 'After a sign-in at a provider with a session of its own, the answer says where the page should go to end that session too.',
        response: { 200: signedOutSchema, ...emptied, ...problems() },
      },
    },
    async (request, reply) => {
      reply.headers({ 'cache-control': 'no-store', 'set-cookie': sessionCookie(undefined, cookiePlace(request, config)) });
      const providerSignOut = await endOwn(request);
      return providerSignOut === undefined ? reply.code(204).send(undefined) : reply.code(200).send({ providerSignOut });
    },
  );

  async function endOwn(request: FastifyRequest): Promise<string | undefined> {
    const token = sessionOfCookie(request.headers.cookie);
    if (!signIn || request.caller?.by !== 'sign-in' || token === undefined) return undefined;
    await signIn.end.ofToken(token);
    return signIn.signOutAddress(`${publicHomeOf(request, { config })}/`);
  }
};

function whoIs(caller: Caller | undefined): Pick<SessionState, 'by' | 'role' | 'name' | 'email' | 'expiresAt'> {
  if (caller === undefined || caller.role === 'feed') return { by: null, role: null };
  const { by, name, email, expiresAt } = caller;
  return { by, role: roleOf(caller), ...defined({ name, email }), ...optionalTime('expiresAt', expiresAt) };
}
