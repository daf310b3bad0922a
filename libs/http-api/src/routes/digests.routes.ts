import { editionHtml, editionText, type Edition, type NoEdition } from '@barometer/alerting';
import { escapeHtml, type Result } from '@barometer/kernel';
import * as z from 'zod';
import {
  digestListSchema,
  digestParamsSchema,
  digestPreviewQuerySchema,
  digestPreviewSchema,
  digestSchema,
  digestTestSchema,
  newDigestSchema,
} from '../contract';
import type { RouteContext, RouteGroup } from '../api';
import { isSameContent } from '../conditional';
import { emptied, problems, unchanged } from '../openapi/responses';
import { ApiProblem, wrongField } from '../problems/api-problem';
import { wireDigest, wireEdition } from '../wire/digests';
import { homeOf } from '../wire/home-of';

const tags = ['Digests'];
/** The page shows a preview in a frame without rights: only the page may frame it, and only its inline styles are allowed. */
const FRAMED = {
  'content-security-policy':
    "default-src 'none';style-src 'unsafe-inline';base-uri 'none';form-action 'none';frame-ancestors 'self';sandbox allow-popups allow-popups-to-escape-sandbox",
  'x-frame-options': 'SAMEORIGIN',
};

export const digestRoutes: RouteGroup = (app, { digests, prefix }) => {
  /** The digest as in the list. */
  const listed = async (id: string) => {
    const found = (await digests.list.execute()).find(({ digest }) => digest.id === id);
    if (!found) throw noSuch(id);
    return wireDigest(found);
  };

  app.get(
    '/digests',
    {
      schema: {
        tags,
        summary: 'All digests, with the outcome of their last edition, and when the next is due',
        response: { 200: digestListSchema, ...unchanged, ...problems() },
      },
    },
    async (request, reply) => {
      const list = { items: (await digests.list.execute()).map(wireDigest) };
      return isSameContent(request, reply, list) ? reply.code(304).send(undefined) : list;
    },
  );

  app.post(
    '/digests',
    {
      schema: {
        tags,
        summary: 'Add a digest; its first edition is the next one that is due',
        body: newDigestSchema,
        response: { 201: digestSchema, ...problems(400, 413, 415) },
      },
    },
    async (request, reply) => {
      const added = await digests.add.execute(request.body);
      if (!added.ok) throw wrongField(added.error.field, added.error.message);
      return reply
        .code(201)
        .header('location', `${prefix}/digests`)
        .send(await listed(added.value.id));
    },
  );

  app.put(
    '/digests/:id',
    {
      schema: {
        tags,
        summary: 'Change a digest',
        params: digestParamsSchema,
        body: newDigestSchema,
        response: { 200: digestSchema, ...problems(400, 404, 413, 415) },
        description: 'If its time changes, or if it is switched on again, its next edition is the one due after that.',
      },
    },
    async (request) => {
      const changed = await digests.change.execute(request.params.id, request.body);
      if (changed.ok) return listed(request.params.id);
      throw changed.error === 'not-found' ? noSuch(request.params.id) : wrongField(changed.error.field, changed.error.message);
    },
  );

  app.delete(
    '/digests/:id',
    {
      schema: {
        tags,
        summary: 'Remove a digest; pending editions are still sent',
        params: digestParamsSchema,
        response: { ...emptied, ...problems(400, 404) },
      },
    },
    async (request, reply) => {
      if (!(await digests.remove.execute(request.params.id))) throw noSuch(request.params.id);
      return reply.code(204).send();
    },
  );

  app.post(
    '/digests/:id/test',
    {
      schema: {
        tags,
        summary: 'Send its present preview to its channels, marked as a test, and return the answers',
        params: digestParamsSchema,
        response: { 200: digestTestSchema, ...problems(400, 404) },
      },
    },
    async (request) => {
      const tested = await digests.test.execute(request.params.id);
      if (tested.ok) return { items: tested.value.map(({ reason, ...one }) => ({ ...one, ...(reason !== undefined && { reason }) })), silence: null };
      if (tested.error === 'not-found') throw noSuch(request.params.id);
      return { items: [], silence: tested.error.reason };
    },
  );
};

export const digestPreviewRoutes: RouteGroup = (app, context) => {
  const summary = 'What a digest would tell if it were due now, or at a time';
  const description = 'Figures are of the whole day or week; stories are from the newest 300 articles of every eighth of it.';

  app.get(
    '/digests/preview',
    {
      schema: { tags, summary, description, querystring: digestPreviewQuerySchema, response: { 200: digestPreviewSchema, ...problems(400, 404) } },
    },
    async (request) => {
      const composed = await previewOf(context, request.query);
      if (!composed.ok) return { edition: null, text: null, silence: composed.error.reason };
      const link = linkTo(homeOf(request, context), composed.value);
      return { edition: wireEdition(composed.value, link), text: editionText(composed.value, link), silence: null };
    },
  );

  app.get(
    '/digests/preview.html',
    {
      schema: {
        tags,
        summary: `${summary}, as HTML`,
        description,
        querystring: digestPreviewQuerySchema,
        response: { 200: { description: 'A self-contained page', content: { 'text/html': { schema: z.string() } } }, ...problems(400, 404) },
      },
    },
    async (request, reply) => {
      const composed = await previewOf(context, request.query);
      const html = composed.ok ? editionHtml(composed.value, linkTo(homeOf(request, context), composed.value)) : silenceHtml(composed.error.reason);
      return reply
        .headers({ ...FRAMED, 'cache-control': 'private, no-cache' })
        .type('text/html; charset=utf-8')
        .send(html);
    },
  );
};

function previewOf(
  { digests }: RouteContext,
  { every, timeZone, topic, source, group, at }: z.infer<typeof digestPreviewQuerySchema>,
): Promise<Result<Edition, NoEdition>> {
  const scope = { ...(topic !== undefined && { topicId: topic }), ...(source !== undefined && { sourceId: source }), ...(group !== undefined && { group }) };
  if (source !== undefined && group !== undefined) throw wrongField('group', 'cannot stand beside source');
  return digests.preview.execute({ every, timeZone, scope }, at === undefined ? undefined : Date.parse(at));
}

const linkTo = (home: string, { view }: Edition): string => `${home}/${view}`;
const silenceHtml = (reason: string): string =>
  `<!doctype html><html lang="en"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width"><title>Nothing to tell</title><style>:root{color-scheme:light dark}body{font:16px/1.5 system-ui,sans-serif;margin:20px}</style></head><body><p>${escapeHtml(reason)} Nothing would be sent.</p></body></html>\n`;
const noSuch = (id: string) => new ApiProblem('not-found', `There is no digest ${id}.`);
