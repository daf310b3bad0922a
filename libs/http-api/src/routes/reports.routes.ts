import { DAY, RETENTION } from '@barometer/kernel';
import { breakdownQuerySchema, breakdownSchema, moodQuerySchema, moodSchema, timelineQuerySchema, timelineSchema } from '../contract';
import type { RouteGroup } from '../api';
import { isUnchanged } from '../conditional';
import { problems, unchanged } from '../openapi/responses';
import { wrongField } from '../problems/api-problem';
import { periodOf } from '../wire/period-query';
import { wireScope } from '../scope-reader';
import { wireBreakdown, wireMood, wireTimeline } from '../wire/reports';

const tags = ['Mood'];
/** Longer periods are divided into days by default. */
const MOST_HOURS_BY_DEFAULT = 3 * DAY;
const USUAL_BY_SOURCE =
  'cannot be usual by source: there may be too many sources to learn what is usual of each; leave it out, or ask /mood?source=… for what is usual of one';

export const moodRoutes: RouteGroup = (app, context) => {
  app.get(
    '/mood',
    {
      schema: {
        tags,
        summary: 'The mood of a period, and how it changed',
        querystring: moodQuerySchema,
        response: { 200: moodSchema, ...unchanged, ...problems(400, 404) },
      },
    },
    async (request, reply) => {
      const current = await context.reading.current();
      const query = { ...(await context.scopes.of(request.query)), period: periodOf(request.query, context) };
      if (await isUnchanged(request, reply, context, current, query)) return reply.code(304).send(undefined);
      return { ...wireMood(await current.models.mood.execute(query), query.period), ...wireScope(request.query), sample: current.sample };
    },
  );
};

export const timelineRoutes: RouteGroup = (app, context) => {
  app.get(
    '/timeline',
    {
      schema: {
        tags,
        summary: 'The mood by hour or day, with gaps where no source could be polled',
        querystring: timelineQuerySchema,
        response: { 200: timelineSchema, ...unchanged, ...problems(400, 404) },
      },
    },
    async (request, reply) => {
      const current = await context.reading.current();
      const { tz } = request.query;
      const period = periodOf(request.query, context);
      const bucket = request.query.bucket ?? (period.to - period.from > MOST_HOURS_BY_DEFAULT ? 'day' : 'hour');
      if (bucket === 'hour' && period.to - period.from > RETENTION) throw wrongField('bucket', 'must be day for a period of more than 90 days');
      const query = { ...(await context.scopes.of(request.query)), period, bucket, ...(tz !== undefined && { timeZone: tz }) };
      if (await isUnchanged(request, reply, context, current, query)) return reply.code(304).send(undefined);
      return { ...wireTimeline(await current.models.timeline.execute(query), period), ...wireScope(request.query), sample: current.sample };
    },
  );
};

export const breakdownRoutes: RouteGroup = (app, context) => {
  app.get(
    '/breakdown',
    {
      schema: {
        tags,
        summary: 'Topics, sources or groups of sources side by side',
        querystring: breakdownQuerySchema,
        response: { 200: breakdownSchema, ...unchanged, ...problems(400, 404) },
      },
    },
    async (request, reply) => {
      const current = await context.reading.current();
      const { by, limit, against } = request.query;
      if (by === 'source' && against === 'usual') throw wrongField('against', USUAL_BY_SOURCE);
      const query = { by, limit, against, ...(await context.scopes.of(request.query)), period: periodOf(request.query, context) };
      if (await isUnchanged(request, reply, context, current, query)) return reply.code(304).send(undefined);
      return { ...wireBreakdown(await current.models.breakdown.execute(query), query.period), against, ...wireScope(request.query), sample: current.sample };
    },
  );
};
