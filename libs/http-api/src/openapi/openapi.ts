import fastifySwagger from '@fastify/swagger';
import { jsonSchemaTransform, jsonSchemaTransformObject } from 'fastify-type-provider-zod';
import type { Api } from '../api';
import { tidyDocument, type OpenApiDocument } from './tidy-document';

const tags = [
  { name: 'Mood', description: 'Figures of a period: tone, volume, change' },
  { name: 'Articles', description: 'The articles behind the figures' },
  { name: 'Stories', description: 'Events that several articles report' },
  { name: 'Marks', description: 'What explains the timeline' },
  { name: 'Feeds', description: 'Lists for feed readers' },
  { name: 'Sources', description: 'Where articles come from, and the state of those sources' },
  { name: 'Topics', description: 'Named sets of phrases that articles are matched against' },
  { name: 'Alerts', description: 'Rules, their episodes, and the notices that were sent' },
  { name: 'Digests', description: 'Summaries that are sent daily or weekly' },
  { name: 'Analysis', description: 'Scores of any text' },
  { name: 'Live', description: 'Live events' },
  { name: 'Access', description: 'Signing in and out, and who is signed in' },
  { name: 'Service', description: 'State of the service itself' },
];

const description = [
  'Barometer tells the mood of the news. Times are ISO 8601 in UTC; a tone is P(positive) - P(negative), from -1 to 1.',
  'Errors are RFC 9457 problem documents. Lists carry an ETag: send it back as If-None-Match and get 304 while nothing has changed.',
  'On a loopback address no key is needed; elsewhere send one as a bearer token, or exchange it at POST /session for a cookie; where people sign in at a provider, GET /session/sign-in begins it.',
].join('\n\n');

/** Collects the routes registered after this call into an OpenAPI 3.1 document, whose server is `basePath`. */
export async function addOpenApi(app: Api, version: string, basePath: string): Promise<void> {
  await app.register(fastifySwagger, {
    openapi: {
      openapi: '3.1.0',
      info: { title: 'Barometer', version, description, license: { name: 'Apache-2.0', identifier: 'Apache-2.0' } },
      tags,
      ...(basePath !== '' && { servers: [{ url: basePath }] }),
      security: [{ bearer: [] }, { cookie: [] }],
      components: {
        securitySchemes: {
          bearer: { type: 'http', scheme: 'bearer', description: 'An access key; "barometer keys add" makes one' },
          cookie: {
            type: 'apiKey',
            in: 'cookie',
            name: 'barometer_session',
            description: 'From POST /session or GET /session/callback; a change by it has to carry the Origin of the page',
          },
        },
      },
    },
    transform: jsonSchemaTransform,
    transformObject: (document) => tidyDocument(jsonSchemaTransformObject(document) as OpenApiDocument) as ReturnType<typeof jsonSchemaTransformObject>,
  });
}

/** The document of all routes, made once the application is ready. */
export const openApiDocument = (app: Api): OpenApiDocument => app.swagger() as unknown as OpenApiDocument;
