import { emptied, problems } from '../openapi/responses';
import { sessionRequestSchema, sessionSchema } from '../contract';
import { sessionCookie } from '../access/session-cookie';
import type { RouteGroup } from '../api';
import { ApiProblem } from '../problems/api-problem';

const tags = ['Access'];

export const sessionRoutes: RouteGroup = (app, { config, keys }) => {
  const sentTo = ({ protocol }: { readonly protocol: string }) => ({ secure: protocol === 'https', basePath: config.basePath });

  app.post('/session', {
    config: { access: 'public' },
    schema: { tags, summary: 'Sign in: exchange a key for a cookie', security: [], body: sessionRequestSchema, response: { 200: sessionSchema, ...problems(400, 413, 415) } },
  }, async (request, reply) => {
    // On loopback nobody needs a key: signing in changes nothing.
    if (config.loopback) return reply.header('cache-control', 'no-store').send({ role: 'write' as const });
    const access = await keys.execute(request.body.key);
    if (!access) throw new ApiProblem('unauthorized', 'This key is not valid.', { errors: [{ field: 'key', message: 'is not valid' }] });
    const { role } = access;
    if (role === 'feed') throw new ApiProblem('unauthorized', 'This key is for one feed: it belongs into the address of that feed.', { errors: [{ field: 'key', message: 'is for one feed' }] });
    return reply
      .headers({ 'cache-control': 'no-store', 'set-cookie': sessionCookie(request.body.key, sentTo(request)) })
      .send({ role });
  });

  app.delete('/session', {
    config: { access: 'public' },
    schema: { tags, summary: 'Sign out: forget the cookie', security: [], response: { ...emptied, ...problems() } },
  }, async (request, reply) => reply.header('set-cookie', sessionCookie(undefined, sentTo(request))).code(204).send());
};
