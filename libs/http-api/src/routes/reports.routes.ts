import { DAY } from '@barometer/kernel';
import { breakdownQuerySchema, breakdownSchema, moodQuerySchema, moodSchema, timelineQuerySchema, timelineSchema } from '../contract';
import type { RouteGroup } from '../api';
import { isUnchanged } from '../conditional';
import { problems, unchanged } from '../openapi/responses';
import { periodOf, scopeOf, wireScope } from '../wire/period-query';
import { wireBreakdown, wireMood, wireTimeline } from '../wire/reports';

const tags = ['Mood'];
/** Longer periods come in days unless hours are asked for. */
const MOST_HOURS_BY_DEFAULT = 3 * DAY;

export const moodRoutes: RouteGroup = (app, context) => {
  app.get('/mood', {
    schema: { tags, summary: 'How a period feels, and how that changed', querystring: moodQuerySchema, response: { 200: moodSchema, ...unchanged, ...problems(400) } },
  }, async (request, reply) => {
    const current = await context.reading.current();
    const query = { ...scopeOf(request.query), period: periodOf(request.query, context.clock.now()) };
    if (await isUnchanged(request, reply, context, current, query)) return reply.code(304).send(undefined);
    return { ...wireMood(await current.models.mood.execute(query)), ...wireScope(request.query), sample: current.sample };
  });
};

export const timelineRoutes: RouteGroup = (app, context) => {
  app.get('/timeline', {
    schema: {
      tags, summary: 'The mood by hour or day, with gaps where nobody watched', querystring: timelineQuerySchema,
      response: { 200: timelineSchema, ...unchanged, ...problems(400) },
    },
  }, async (request, reply) => {
    const current = await context.reading.current();
    const { tz } = request.query;
    const period = periodOf(request.query, context.clock.now());
    const bucket = request.query.bucket ?? (period.to - period.from > MOST_HOURS_BY_DEFAULT ? 'day' : 'hour');
    const query = { ...scopeOf(request.query), period, bucket, ...(tz !== undefined && { timeZone: tz }) };
    if (await isUnchanged(request, reply, context, current, query)) return reply.code(304).send(undefined);
    return { ...wireTimeline(await current.models.timeline.execute(query)), ...wireScope(request.query), sample: current.sample };
  });
};

export const breakdownRoutes: RouteGroup = (app, context) => {
  app.get('/breakdown', {
    schema: {
      tags, summary: 'Topics or sources side by side', querystring: breakdownQuerySchema,
      response: { 200: breakdownSchema, ...unchanged, ...problems(400) },
    },
  }, async (request, reply) => {
    const current = await context.reading.current();
    const query = { by: request.query.by, limit: request.query.limit, ...scopeOf(request.query), period: periodOf(request.query, context.clock.now()) };
    if (await isUnchanged(request, reply, context, current, query)) return reply.code(304).send(undefined);
    return { ...wireBreakdown(await current.models.breakdown.execute(query)), ...wireScope(request.query), sample: current.sample };
  });
};
