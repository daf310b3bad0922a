import type { Source, SourceProblem, SourcesAction } from '@barometer/ingestion';
import {
  newSourceSchema,
  pollRequestedSchema,
  sourceChangeSchema,
  sourceListSchema,
  sourceParamsSchema,
  sourcePreviewRequestSchema,
  sourcePreviewSchema,
  sourceSchema,
  sourcesChangedSchema,
  sourcesChangeSchema,
} from '../contract';
import type { RouteContext, RouteGroup } from '../api';
import { isSameContent } from '../conditional';
import { emptied, problems, unchanged } from '../openapi/responses';
import { ApiProblem, wrongField } from '../problems/api-problem';
import { defined } from '../wire/defined';
import { wireSource } from '../wire/sources';
import { optionalTime } from '../wire/time';

const tags = ['Sources'];

export const sourceRoutes: RouteGroup = (app, context) => {
  const { sources } = context;

  app.get(
    '/sources',
    {
      schema: { tags, summary: 'All sources with their health', response: { 200: sourceListSchema, ...unchanged, ...problems() } },
    },
    async (request, reply) => {
      const items = (await sources.list.execute()).map(wireSource);
      return isSameContent(request, reply, items) ? reply.code(304).send(undefined) : { items };
    },
  );

  app.post(
    '/sources',
    {
      schema: { tags, summary: 'Add a source', body: newSourceSchema, response: { 201: sourceSchema, ...problems(400, 409, 413, 415) } },
    },
    async (request, reply) => {
      const added = await sources.add.execute(request.body);
      if (!added.ok) throw refused(added.error);
      return reply.code(201).header('location', `${context.prefix}/sources/${added.value.id}`).send(wireSource(added.value));
    },
  );

  app.get(
    '/sources/:id',
    {
      schema: { tags, summary: 'One source with its health', params: sourceParamsSchema, response: { 200: sourceSchema, ...unchanged, ...problems(400, 404) } },
    },
    async (request, reply) => {
      const source = wireSource(await findSource(context, request.params.id));
      return isSameContent(request, reply, source) ? reply.code(304).send(undefined) : source;
    },
  );

  app.patch(
    '/sources/:id',
    {
      schema: {
        tags,
        summary: 'Change, pause or resume a source',
        params: sourceParamsSchema,
        body: sourceChangeSchema,
        response: { 200: sourceSchema, ...problems(400, 404, 409, 413, 415) },
      },
    },
    async (request) => {
      const changed = await sources.change.execute(request.params.id, request.body);
      if (changed.ok) return wireSource(changed.value);
      throw 'field' in changed.error ? refused(changed.error) : noSuchSource(request.params.id);
    },
  );

  app.delete(
    '/sources/:id',
    {
      schema: {
        tags,
        summary: 'Stop polling a source; its articles and counts stay',
        params: sourceParamsSchema,
        response: { ...emptied, ...problems(400, 404) },
      },
    },
    async (request, reply) => {
      if (!(await sources.remove.execute(request.params.id))) throw noSuchSource(request.params.id);
      return reply.code(204).send();
    },
  );
};

/** Actions on a source, besides storing it. */
export const sourceActionRoutes: RouteGroup = (app, { sources }) => {
  app.post(
    '/sources/:id/poll',
    {
      schema: { tags, summary: 'Poll a source now', params: sourceParamsSchema, response: { 202: pollRequestedSchema, ...problems(400, 404) } },
    },
    async (request, reply) => {
      const { id } = request.params;
      if (!(await sources.pollNow.execute(id))) throw noSuchSource(id);
      return reply.code(202).send({ id, accepted: true as const });
    },
  );

  app.post(
    '/sources/changes',
    {
      schema: {
        tags,
        summary: 'Pause, resume, group or remove many sources',
        body: sourcesChangeSchema,
        response: { 200: sourcesChangedSchema, ...problems(400, 413, 415) },
        description: 'Each source is changed completely or not at all; one that cannot be changed does not stop the others.',
      },
    },
    async (request) => {
      const { action: kind, ids, ...rest } = request.body;
      const done = await sources.changeMany.execute(ids, { kind, ...rest } as SourcesAction);
      if (!done.ok) throw refused(done.error);
      const { changed, unknown, refused: left } = done.value;
      return { changed: [...changed], unknown: [...unknown], refused: [...left] };
    },
  );

  app.post(
    '/sources/preview',
    {
      config: { access: 'read' },
      schema: {
        tags,
        summary: 'Read a feed, or find the feeds of a site, without adding it',
        body: sourcePreviewRequestSchema,
        response: { 200: sourcePreviewSchema, ...problems(400, 413, 415, 422) },
      },
    },
    async (request) => {
      const { url: asked, userAgent } = request.body;
      const preview = await sources.preview.execute(asked, { userAgent });
      if (!preview.ok) throw unreadable(preview.error);
      const { url, feeds, title, format, language, homepage, itemCount, items } = preview.value;
      return {
        url,
        feeds: [...feeds],
        title,
        format,
        itemCount,
        ...defined({ language, homepage }),
        items: items.map((item) => ({ title: item.title, url: item.url, summary: item.summary, ...optionalTime('publishedAt', item.publishedAt) })),
      };
    },
  );
};

async function findSource({ sources }: RouteContext, id: string): Promise<Source> {
  const source = (await sources.list.execute()).find((one) => one.id === id);
  if (!source) throw noSuchSource(id);
  return source;
}

const noSuchSource = (id: string) => new ApiProblem('not-found', `There is no source ${id}.`);
const refused = ({ field, code, message }: SourceProblem) => wrongField(field, message, code === 'already-there' ? 'conflict' : 'bad-request');

/** Codes for a wrong address, before anything is fetched; all other codes say why the feed there cannot be read. */
const addressCodes = new Set(['required', 'too-long', 'invalid', 'invalid-url', 'not-http', 'credentials']);
const unreadable = ({ field, code, message }: SourceProblem) => wrongField(field, message, addressCodes.has(code) ? 'bad-request' : 'unreadable');
