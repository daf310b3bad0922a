import { storiesQuerySchema, storiesSchema, storyDetailSchema, storyParamsSchema } from '../contract';
import type { RouteGroup } from '../api';
import { isUnchanged } from '../conditional';
import { problems, unchanged } from '../openapi/responses';
import { ApiProblem } from '../problems/api-problem';
import { wireArticle } from '../wire/articles';
import { isoPeriod, isoTime } from '../wire/time';
import { periodOf, scopeOf, wireScope } from '../wire/period-query';
import { wireStory } from '../wire/stories';

const tags = ['Stories'];

export const storyRoutes: RouteGroup = (app, context) => {
  app.get('/stories', {
    schema: {
      tags, summary: 'What was told by several, and how each told it', querystring: storiesQuerySchema,
      description: 'Looks at the newest 500 articles of the period at most: searchedTo says how far that reached.',
      response: { 200: storiesSchema, ...unchanged, ...problems(400) },
    },
  }, async (request, reply) => {
    const current = await context.reading.current();
    const { order, limit } = request.query;
    const query = { ...scopeOf(request.query), period: periodOf(request.query, context.clock.now()), order, limit };
    if (await isUnchanged(request, reply, context, current, { stories: query })) return reply.code(304).send(undefined);
    const { period, stories, articles, searchedTo } = await current.models.stories.execute(query);
    return {
      period: isoPeriod(period), ...wireScope(request.query), articles, searchedTo: isoTime(searchedTo), sample: current.sample,
      stories: stories.map((story) => ({ ...wireStory(story), weight: story.weight })),
    };
  });

  app.get('/stories/:id', {
    schema: {
      tags, summary: 'One story with its articles', params: storyParamsSchema, description: 'The id of a story, or of any article of it.',
      response: { 200: storyDetailSchema, ...unchanged, ...problems(400, 404) },
    },
  }, async (request, reply) => {
    const current = await context.reading.current();
    const { id } = request.params;
    if (await isUnchanged(request, reply, context, current, { story: id })) return reply.code(304).send(undefined);
    const story = await current.models.story.execute(id);
    if (!story) throw new ApiProblem('not-found', `There is no story ${id}: it is unknown, has expired, or its article has no score yet.`);
    return { ...wireStory(story), members: story.members.map(wireArticle), sample: current.sample };
  });
};
