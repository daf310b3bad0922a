import { meanOf, type Comparison, type NamedDriver, type PartWithoutUsual } from '@barometer/reporting';
import { driversQuerySchema, driversSchema } from '../contract';
import type * as wire from '../contract';
import type { RouteGroup } from '../api';
import { isUnchanged } from '../conditional';
import { problems, unchanged } from '../openapi/responses';
import { wrongField } from '../problems/api-problem';
import { wireScope } from '../scope-reader';
import { periodOf } from '../wire/period-query';
import { searchedOf } from '../wire/stories';
import { isoPeriod, keptSinceOf } from '../wire/time';

export const driverRoutes: RouteGroup = (app, context) => {
  app.get(
    '/drivers',
    {
      schema: {
        tags: ['Mood'],
        summary: 'What moved the mood: the stories, topics or sources behind a difference',
        querystring: driversQuerySchema,
        description:
          'Decomposes the difference of two mean tones exactly: effects and rest sum to it. Compared with what is usual, it is the difference in the verdict of /mood.',
        response: { 200: driversSchema, ...unchanged, ...problems(400, 404) },
      },
    },
    async (request, reply) => {
      const current = await context.reading.current();
      const { by, against, limit } = request.query;
      const query = { ...(await context.scopes.of(request.query)), period: periodOf(request.query, context), by, against, limit };
      if (await isUnchanged(request, reply, context, current, query)) return reply.code(304).send(undefined);
      if (by === 'topic' && query.topicId !== undefined) throw wrongField('by', 'cannot be topic within a topic');
      const {
        period,
        comparison,
        keptFrom,
        tone = null,
        previousTone = null,
        basis,
        noUsual,
        noPrevious,
        found,
        withoutUsual,
        isWhole,
      } = await current.models.drivers.execute(query);
      const { difference = null, rest = null, lifted = [], lowered = [] } = found ?? {};
      return {
        period: isoPeriod(period),
        ...keptSinceOf(keptFrom, Math.min(query.period.from, comparison.from)),
        comparison: isoPeriod(comparison),
        by,
        against,
        ...(basis && { basis }),
        ...(noUsual && { noUsual }),
        ...(noPrevious && { noPrevious }),
        ...wireScope(request.query),
        tone,
        previousTone,
        difference,
        rest,
        lifted: lifted.map((one) => wireDriver(one, against)),
        lowered: lowered.map((one) => wireDriver(one, against)),
        withoutUsual: withoutUsual.map(wirePart),
        searched: searchedOf(isWhole),
        sample: current.sample,
      };
    },
  );
};

function wireDriver({ id, name, headline, effect, toneEffect, mixEffect, before, after }: NamedDriver, against: Comparison): wire.Driver {
  return {
    id,
    name,
    ...(headline && { articleId: headline.id, headline: headline.title }),
    effect,
    toneEffect,
    mixEffect,
    articles: after.volume,
    tone: meanOf(after) ?? null,
    previousArticles: against === 'usual' ? null : before.volume,
    previousTone: meanOf(before) ?? null,
  };
}

const wirePart = ({ id, name, told, missing }: PartWithoutUsual): wire.PartWithoutUsual => ({
  id,
  name,
  articles: told.volume,
  tone: meanOf(told) ?? null,
  noUsual: missing,
});
