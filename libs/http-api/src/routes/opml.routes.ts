import * as z from 'zod';
import { sourceImportSchema } from '../contract';
import type { Api, RouteGroup } from '../api';
import { problems } from '../openapi/responses';
import { ApiProblem } from '../problems/api-problem';

const tags = ['Sources'];
/** Bytes of no named kind too: a Function URL hands over a text as UTF-8, whatever it was, and only those as they are. */
const OPML_TYPES = ['text/x-opml', 'text/opml', 'application/xml', 'text/xml', 'text/plain', 'application/octet-stream'];
const MEBIBYTE = 1024 * 1024;
/** As much as the reader of lists takes. */
const MAX_OPML = 10 * MEBIBYTE;
const opmlSchema = z.string().meta({ description: 'An OPML 2.0 document' });
const opmlBytesSchema = z
  .custom<Uint8Array>((body) => body instanceof Uint8Array, 'must be an OPML document')
  .meta({ type: 'string', format: 'binary', description: 'An OPML 2.0 document, in the charset that it or the Content-Type declares' });
const inOpml = { 'text/x-opml': { schema: opmlSchema } };

export const opmlRoutes: RouteGroup = (app, { sources, clock }) => {
  app.get('/sources.opml', {
    schema: { tags, summary: 'All sources as OPML', response: { 200: { description: 'An OPML document', content: inOpml }, ...problems() } },
  }, async (_request, reply) => {
    const document = await sources.writeOpml(await sources.list.execute(), clock.now());
    return reply.type('text/x-opml; charset=utf-8').header('content-disposition', 'attachment; filename="barometer-sources.opml"').send(document);
  });

  // A scope of its own, so that only this address takes XML, and takes nothing else.
  void app.register(async (child) => {
    const scope = child as unknown as Api;
    scope.removeAllContentTypeParsers();
    scope.addContentTypeParser(OPML_TYPES, { parseAs: 'buffer', bodyLimit: MAX_OPML }, (_request, body, done) => done(null, body));
    scope.post('/sources.opml', {
      schema: {
        tags, summary: 'Add the feeds of an OPML document', description: `The document is the body, at most ${MAX_OPML / MEBIBYTE} MiB, as ${OPML_TYPES.join(', ')}. Its charset is what a byte order mark, the Content-Type or the XML declaration says.`,
        consumes: ['text/x-opml'], body: opmlBytesSchema, response: { 200: sourceImportSchema, ...problems(400, 413, 415) },
      },
    }, async (request) => {
      const read = await sources.readOpml(request.body, request.headers['content-type']);
      if (!read.ok) throw new ApiProblem('bad-request', read.error.message, { errors: [{ field: 'body', message: read.error.message }] });
      const { added, alreadyThere, refused, leftOut } = await sources.import.execute(read.value);
      return { added, alreadyThere, refused: [...refused], leftOut: [...leftOut] };
    });
  });
};
