import type { Mark } from '@barometer/reporting';
import type { RouteGroup } from '../api';
import { isSameContent } from '../conditional';
import { markParamsSchema, markSchema, marksQuerySchema, marksSchema, newMarkSchema, type Mark as WireMark } from '../contract';
import { emptied, problems, unchanged } from '../openapi/responses';
import { ApiProblem, wrongField } from '../problems/api-problem';
import { periodOf } from '../wire/period-query';
import { wireScope } from '../scope-reader';
import { isoPeriod, isoTime, optionalTime } from '../wire/time';

const tags = ['Marks'];

export const markRoutes: RouteGroup = (app, context) => {
  const { marks, clock, prefix } = context;
  app.get(
    '/marks',
    {
      schema: {
        tags,
        summary: 'The marks of the timeline: notes, sources added or failing, changes of the model',
        querystring: marksQuerySchema,
        description: 'A note belongs to every timeline except those of a topic or source other than its own. There are no automatic marks of removed sources.',
        response: { 200: marksSchema, ...unchanged, ...problems(400, 404) },
      },
    },
    async (request, reply) => {
      const found = await marks.list.execute({ ...(await context.scopes.of(request.query)), period: periodOf(request.query, context) });
      const list = { period: isoPeriod(found.period), ...wireScope(request.query), items: found.marks.map(wireMark), left: found.left };
      return isSameContent(request, reply, list) ? reply.code(304).send(undefined) : list;
    },
  );

  app.post(
    '/marks',
    {
      schema: { tags, summary: 'Add a note to the timeline', body: newMarkSchema, response: { 201: markSchema, ...problems(400, 409, 413, 415) } },
    },
    async (request, reply) => {
      const { text, at, topic, source } = request.body;
      const added = await marks.add.execute({
        text,
        at: at === undefined ? clock.now() : Date.parse(at),
        ...(topic !== undefined && { topicId: topic }),
        ...(source !== undefined && { sourceId: source }),
      });
      if (!added.ok) throw wrongField(added.error.field, added.error.message, added.error.code === 'too-many' ? 'conflict' : 'bad-request');
      return reply
        .code(201)
        .header('location', `${prefix}/marks`)
        .send(wireMark({ kind: 'note', ...added.value }));
    },
  );

  app.delete(
    '/marks/:id',
    {
      schema: { tags, summary: 'Remove a note from the timeline', params: markParamsSchema, response: { ...emptied, ...problems(400, 404) } },
    },
    async (request, reply) => {
      if (!(await marks.remove.execute(request.params.id))) throw new ApiProblem('not-found', `There is no note ${request.params.id}.`);
      return reply.code(204).send();
    },
  );
};

function wireMark({ kind, at, until, text, id, topicId, sourceId, count }: Mark): WireMark {
  return {
    kind,
    at: isoTime(at),
    ...optionalTime('until', until),
    text,
    ...(id !== undefined && { id }),
    ...(topicId !== undefined && { topic: topicId }),
    ...(sourceId !== undefined && { source: sourceId }),
    ...(count !== undefined && { count }),
  };
}
