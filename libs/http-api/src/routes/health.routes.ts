import { healthSchema, readinessSchema } from '../contract';
import type { RouteGroup } from '../api';
import { problems } from '../openapi/responses';
import { defined } from '../wire/defined';

const tags = ['Service'];

/** At the root, where health checks look. */
export const healthRoutes: RouteGroup = (app, { version, readiness }) => {
  app.get(
    '/healthz',
    {
      config: { access: 'public', rateLimit: false },
      schema: { tags, summary: 'Whether the process answers', security: [], response: { 200: healthSchema, ...problems() } },
    },
    async (_request, reply) => reply.header('cache-control', 'no-store').send({ status: 'ok' as const, version }),
  );

  app.get(
    '/readyz',
    {
      config: { rateLimit: false },
      schema: { tags, summary: 'Whether every part works', response: { 200: readinessSchema, 503: readinessSchema, ...problems() } },
    },
    async (_request, reply) => {
      const parts = Object.fromEntries(Object.entries(readiness().parts).map(([name, { state, message }]) => [name, { state, ...defined({ message }) }]));
      const ready = Object.values(parts).every(({ state }) => state === 'ok');
      return reply
        .code(ready ? 200 : 503)
        .headers({ 'cache-control': 'no-store', ...(!ready && { 'retry-after': '2' }) })
        .send({ ready, parts });
    },
  );
};
