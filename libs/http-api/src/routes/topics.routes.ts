import type { Topic, TopicProblem } from '@barometer/reporting';
import { newTopicSchema, topicListSchema, topicParamsSchema, topicPreviewSchema, topicRuleSchema, topicSchema } from '../contract';
import type { RouteContext, RouteGroup } from '../api';
import { isSameContent } from '../conditional';
import { emptied, problems, unchanged } from '../openapi/responses';
import { ApiProblem, wrongField } from '../problems/api-problem';
import { wireTopic, wireTopicPreview } from '../wire/topics';

const tags = ['Topics'];

export const topicRoutes: RouteGroup = (app, context) => {
  app.get(
    '/topics',
    {
      schema: { tags, summary: 'All topics', response: { 200: topicListSchema, ...unchanged, ...problems() } },
    },
    async (request, reply) => {
      const { topics, sample } = await allTopics(context);
      const list = { items: topics.map(wireTopic), sample };
      return isSameContent(request, reply, list) ? reply.code(304).send(undefined) : list;
    },
  );

  app.post(
    '/topics',
    {
      schema: { tags, summary: 'Add a topic', body: newTopicSchema, response: { 201: topicSchema, ...problems(400, 409, 413, 415) } },
    },
    async (request, reply) => {
      const added = await context.topics.add.execute(request.body);
      if (!added.ok) throw refused(added.error);
      return reply.code(201).header('location', `${context.prefix}/topics/${added.value.id}`).send(wireTopic(added.value));
    },
  );

  app.get(
    '/topics/:id',
    {
      schema: { tags, summary: 'One topic', params: topicParamsSchema, response: { 200: topicSchema, ...unchanged, ...problems(400, 404) } },
    },
    async (request, reply) => {
      const found = (await allTopics(context)).topics.find(({ id }) => id === request.params.id);
      if (!found) throw noSuchTopic(request.params.id);
      const topic = wireTopic(found);
      return isSameContent(request, reply, topic) ? reply.code(304).send(undefined) : topic;
    },
  );

  app.put(
    '/topics/:id',
    {
      schema: {
        tags,
        summary: 'Rename a topic or change its phrases',
        params: topicParamsSchema,
        body: newTopicSchema,
        description: 'Other phrases make a new version: readers see the old one until the new one is back-filled over the last 30 days.',
        response: { 200: topicSchema, ...problems(400, 404, 409, 413, 415) },
      },
    },
    async (request) => {
      const changed = await context.topics.change.execute(request.params.id, request.body);
      if (changed.ok) return wireTopic(changed.value);
      throw 'field' in changed.error ? refused(changed.error) : noSuchTopic(request.params.id);
    },
  );

  app.delete(
    '/topics/:id',
    {
      schema: {
        tags,
        summary: 'Remove a topic with its figures; its articles stay',
        params: topicParamsSchema,
        response: { ...emptied, ...problems(400, 404) },
      },
    },
    async (request, reply) => {
      if (!(await context.topics.remove.execute(request.params.id))) throw noSuchTopic(request.params.id);
      return reply.code(204).send();
    },
  );

  app.post(
    '/topics/preview',
    {
      config: { access: 'read' },
      schema: {
        tags,
        summary: 'Which recent articles a topic would match',
        body: topicRuleSchema,
        response: { 200: topicPreviewSchema, ...problems(400, 413, 415) },
      },
    },
    async (request) => {
      const { models, sample } = await context.reading.current();
      const preview = await models.previewTopic.execute(request.body);
      if (!preview.ok) throw refused(preview.error);
      return { ...wireTopicPreview(preview.value), sample };
    },
  );
};

/**
 * The topics of the figures. While the sample is shown, these are the sample's topics plus those that a reader made in
 * the real store, since a topic must be visible after it was added.
 */
async function allTopics({ reading, real }: RouteContext): Promise<{ topics: readonly Topic[]; sample: boolean }> {
  const { models, sample } = await reading.current();
  const shown = await models.topics.execute();
  if (!sample) return { topics: shown, sample };
  const own = await real.topics.execute();
  const known = new Set(own.map(({ id }) => id));
  return { topics: [...own, ...shown.filter(({ id }) => !known.has(id))].sort((one, other) => one.name.localeCompare(other.name)), sample };
}

const noSuchTopic = (id: string) => new ApiProblem('not-found', `There is no topic ${id}.`);
const refused = ({ field, code, message }: TopicProblem) => wrongField(field, message, code === 'taken' ? 'conflict' : 'bad-request');
