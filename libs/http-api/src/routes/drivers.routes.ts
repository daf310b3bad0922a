import { meanOf, type NamedDriver } from '@barometer/reporting';
import { driversQuerySchema, driversSchema, type Driver } from '../contract';
import type { RouteGroup } from '../api';
import { isUnchanged } from '../conditional';
import { problems, unchanged } from '../openapi/responses';
import { periodOf, scopeOf, wireScope } from '../wire/period-query';
import { isoPeriod, isoTime } from '../wire/time';

export const driverRoutes: RouteGroup = (app, context) => {
  app.get('/drivers', {
    schema: {
      tags: ['Mood'], summary: 'What moved the mood: the stories, topics or sources behind a difference', querystring: driversQuerySchema,
      description: 'Takes the difference of two mean tones apart, exactly: effects and rest sum to it. Stories are looked for among the newest 500 articles of each period.',
      response: { 200: driversSchema, ...unchanged, ...problems(400) },
    },
  }, async (request, reply) => {
    const current = await context.reading.current();
    const { by, against, limit } = request.query;
    const query = { ...scopeOf(request.query), period: periodOf(request.query, context.clock.now()), by, against, limit };
    if (await isUnchanged(request, reply, context, current, query)) return reply.code(304).send(undefined);
    const { period, comparison, found, searchedTo } = await current.models.drivers.execute(query);
    const { tone = null, previousTone = null, difference = null, rest = null, lifted = [], lowered = [] } = found ?? {};
    return {
      period: isoPeriod(period), comparison: isoPeriod(comparison), by, against, ...wireScope(request.query), tone, previousTone, difference, rest,
      lifted: lifted.map(wireDriver), lowered: lowered.map(wireDriver), searchedTo: isoTime(searchedTo), sample: current.sample,
    };
  });
};

function wireDriver({ id, name, headline, effect, toneEffect, mixEffect, before, after }: NamedDriver): Driver {
  return {
    id, name, ...(headline && { articleId: headline.id, headline: headline.title }), effect, toneEffect, mixEffect,
    articles: after.volume, tone: meanOf(after) ?? null, previousArticles: before.volume, previousTone: meanOf(before) ?? null,
  };
}
