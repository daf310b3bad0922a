import { fromMicro, toMicro } from '@barometer/kernel';
import { storiesQuerySchema, storiesSchema, storyDetailSchema, storyParamsSchema } from '../contract';
import type { RouteGroup } from '../api';
import { isUnchanged } from '../conditional';
import { problems, unchanged } from '../openapi/responses';
import { ApiProblem } from '../problems/api-problem';
import { wireArticle } from '../wire/articles';
import { isoPeriod, keptSinceOf } from '../wire/time';
import { wireScope } from '../scope-reader';
import { periodOf } from '../wire/period-query';
import { searchedOf, wireStory } from '../wire/stories';

const tags = ['Stories'];

export const storyRoutes: RouteGroup = (app, context) => {
  app.get(
    '/stories',
    {
      schema: {
        tags,
        summary: 'Stories of several articles, and the tone of each publisher',
        querystring: storiesQuerySchema,
        description: 'The largest or heaviest stories of the period, each with all of its articles there.',
        response: { 200: storiesSchema, ...unchanged, ...problems(400, 404) },
      },
    },
    async (request, reply) => {
      const current = await context.reading.current();
      const { order, limit } = request.query;
      const query = { ...(await context.scopes.of(request.query)), period: periodOf(request.query, context), order, limit };
      if (await isUnchanged(request, reply, context, current, { stories: query })) return reply.code(304).send(undefined);
      const { period, keptFrom, stories, articles, isWhole } = await current.models.stories.execute(query);
      const names = await context.known.namesFor(stories.flatMap(({ voices }) => voices));
      return {
        period: isoPeriod(period),
        ...keptSinceOf(keptFrom, query.period.from),
        ...wireScope(request.query),
        articles,
        searched: searchedOf(isWhole),
        sample: current.sample,
        stories: stories.map((story) => ({ ...wireStory(story, names), weight: fromMicro(toMicro(story.weight)) })),
      };
    },
  );

  app.get(
    '/stories/:id',
    {
      schema: {
        tags,
        summary: 'One story with its articles',
        params: storyParamsSchema,
        description: 'The id of a story, or of any article of it.',
        response: { 200: storyDetailSchema, ...unchanged, ...problems(400, 404) },
      },
    },
    async (request, reply) => {
      const current = await context.reading.current();
      const { id } = request.params;
      if (await isUnchanged(request, reply, context, current, { story: id })) return reply.code(304).send(undefined);
      const story = await current.models.story.execute(id);
      if (!story) throw new ApiProblem('not-found', `There is no story ${id}: it is unknown, has expired, or its article has no score yet.`);
      const names = await context.known.namesFor(story.voices);
      return { ...wireStory(story, names), members: story.members.map(wireArticle), sample: current.sample };
    },
  );
};
