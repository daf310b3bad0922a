import * as z from 'zod';
import { sourceImportSchema } from '../contract';
import type { Api, RouteGroup } from '../api';
import { problems } from '../openapi/responses';
import { ApiProblem } from '../problems/api-problem';

const tags = ['Sources'];
/**
 * Includes bytes without a type: a Function URL passes on every text type as UTF-8, whatever its charset was, and only
 * other types unchanged.
 */
const OPML_TYPES = ['text/x-opml', 'text/opml', 'application/xml', 'text/xml', 'text/plain', 'application/octet-stream'];
const MEBIBYTE = 1024 * 1024;
/** The limit of the OPML reader. */
const MAX_OPML = 10 * MEBIBYTE;
const opmlSchema = z.string().meta({ description: 'An OPML 2.0 document' });
const opmlBytesSchema = z
  .custom<Uint8Array>((body) => body instanceof Uint8Array, 'must be an OPML document')
  .meta({ type: 'string', format: 'binary', description: 'An OPML 2.0 document, in the charset that it or the Content-Type declares' });
const inOpml = { 'text/x-opml': { schema: opmlSchema } };

export const opmlRoutes: RouteGroup = (app, { sources, clock }) => {
  app.get(
    '/sources.opml',
    {
      schema: {
        tags,
        summary: 'All sources as OPML, those of a group in a folder',
        response: { 200: { description: 'An OPML document', content: inOpml }, ...problems() },
      },
    },
    async (_request, reply) => {
      const document = await sources.writeOpml(await sources.list.execute(), clock.now());
      return reply.type('text/x-opml; charset=utf-8').header('content-disposition', 'attachment; filename="barometer-sources.opml"').send(document);
    },
  );

  // A plugin scope of its own, so that only this address accepts XML, and nothing else.
  void app.register(async (child) => {
    const scope = child as unknown as Api;
    scope.removeAllContentTypeParsers();
    scope.addContentTypeParser(OPML_TYPES, { parseAs: 'buffer', bodyLimit: MAX_OPML }, (_request, body, done) => done(null, body));
    scope.post(
      '/sources.opml',
      {
        schema: {
          tags,
          summary: 'Add the feeds of an OPML document',
          description: `Folders become groups, nested folders with a slash between their names. The document is the body, at most ${MAX_OPML / MEBIBYTE} MiB, as ${OPML_TYPES.join(', ')}. Its charset is taken from a byte order mark, the Content-Type or the XML declaration.`,
          consumes: ['text/x-opml'],
          body: opmlBytesSchema,
          response: { 200: sourceImportSchema, ...problems(400, 413, 415) },
        },
      },
      async (request) => {
        const read = await sources.readOpml(request.body, request.headers['content-type']);
        if (!read.ok) throw new ApiProblem('bad-request', read.error.message, { errors: [{ field: 'body', message: read.error.message }] });
        const { added, alreadyThere, grouped, refused, leftOut } = await sources.import.execute(read.value);
        return { added, alreadyThere, grouped, refused: [...refused], leftOut: [...leftOut] };
      },
    );
  });
};
