import fastifyStatic from '@fastify/static';
import type { FastifyReply } from 'fastify';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import type { Api } from '../api';

const NOT_BUILT = 'The page has not been built. Build it with "npx nx build web" and start again; the API is described at /api/v1/docs.\n';
const HASHED = /[\\/]assets[\\/][^\\/]+-[\w-]{8,}\.\w+$/;

/**
 * Serves the built page from `webRoot`, or says how to build it. The page holds no data, so that it needs no key: it
 * asks for one itself. Answers the function that sends the page for its own addresses, where there is one.
 */
export async function addPage(app: Api, webRoot: string | undefined): Promise<((reply: FastifyReply) => unknown) | undefined> {
  if (webRoot === undefined || !existsSync(join(webRoot, 'index.html'))) {
    app.get('/', { config: { access: 'public' }, schema: { hide: true } }, async (_request, reply) =>
      reply.code(503).type('text/plain; charset=utf-8').send(NOT_BUILT));
    return undefined;
  }
  app.addHook('onRoute', (route) => {
    if (route.url === '/*') route.config = { ...route.config, access: 'public' };
  });
  await app.register(fastifyStatic, {
    root: webRoot,
    cacheControl: false,
    schemaHide: true,
    setHeaders: (reply, path) => {
      void reply.header('cache-control', HASHED.test(path) ? 'public, max-age=31536000, immutable' : 'no-cache');
    },
  });
  return (reply) => reply.sendFile('index.html');
}
