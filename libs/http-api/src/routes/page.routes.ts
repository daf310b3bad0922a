import fastifyStatic from '@fastify/static';
import type { FastifyReply } from 'fastify';
import { existsSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Api } from '../api';

const notBuilt = (basePath: string) =>
  `The page has not been built. Build it with "npx nx build web" and start again; the API is described at ${basePath}/api/v1/docs.\n`;
const HASHED = /[\\/]assets[\\/][^\\/]+-[\w-]{8,}\.\w+$/;

/**
 * Serves the built page from `webRoot`, or says how to build it. The page contains no data, so it needs no key: it asks
 * the reader for one. Its links are below `basePath`. Answers the function that sends the page for its own addresses,
 * if there is a page.
 */
export async function addPage(app: Api, webRoot: string | undefined, basePath: string): Promise<((reply: FastifyReply) => unknown) | undefined> {
  if (webRoot === undefined || !existsSync(join(webRoot, 'index.html'))) {
    app.get('/', { config: { access: 'public' }, schema: { hide: true } }, async (_request, reply) =>
      reply.code(503).type('text/plain; charset=utf-8').send(notBuilt(basePath)),
    );
    return undefined;
  }
  const sendPage = async (reply: FastifyReply) =>
    reply
      .header('cache-control', 'no-cache')
      .type('text/html; charset=utf-8')
      .send(underBasePath(await readFile(join(webRoot, 'index.html'), 'utf8'), basePath));
  for (const url of ['/', '/index.html']) app.get(url, { config: { access: 'public' }, schema: { hide: true } }, (_request, reply) => sendPage(reply));
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
  return sendPage;
}

/** The built page refers to its files relative to its own address; its views have longer paths, so the references become absolute. */
function underBasePath(page: string, basePath: string): string {
  return page.replaceAll(/(\s(?:href|src))="\.\//g, `$1="${basePath}/`).replace(/(<meta name="barometer-base" content=)""/, `$1"${basePath}"`);
}
