import * as z from 'zod';
import type { RouteGroup } from '../api';
import { docsPage, docsStyle } from '../openapi/docs-page';
import { openApiDocument } from '../openapi/openapi';
import { problems } from '../openapi/responses';

const tags = ['Service'];
const inWords = (description: string, type: string) => ({ 200: { description, content: { [type]: { schema: z.unknown() } } } });

export const docsRoutes: RouteGroup = (app) => {
  let page: string | undefined;

  app.get(
    '/openapi.json',
    {
      schema: { tags, summary: 'This API as OpenAPI 3.1', response: { ...inWords('The OpenAPI document', 'application/json'), ...problems() } },
    },
    async (_request, reply) => reply.header('cache-control', 'no-cache').type('application/json; charset=utf-8').send(openApiDocument(app)),
  );

  app.get(
    '/docs',
    {
      schema: { tags, summary: 'This API as a page to read', response: { ...inWords('The documentation', 'text/html'), ...problems() } },
    },
    async (_request, reply) => {
      page ??= docsPage(openApiDocument(app));
      return reply.header('cache-control', 'no-cache').type('text/html; charset=utf-8').send(page);
    },
  );

  app.get('/docs.css', { schema: { hide: true } }, async (_request, reply) =>
    reply.header('cache-control', 'no-cache').type('text/css; charset=utf-8').send(docsStyle),
  );
};
