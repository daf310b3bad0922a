import * as z from 'zod';
import type { RouteGroup } from '../api';
import { problems } from '../openapi/responses';
import { ApiProblem } from '../problems/api-problem';
import { isoTime } from '../wire/time';

const description = [
  'Server-sent events: `hello` at the start, `scored` with the articles scored since the last one (at most once a second),',
  '`bye` before the server ends the stream. Nothing is replayed: after a break, read the lists again; a Last-Event-ID is taken and ignored.',
].join(' ');

export const liveRoutes: RouteGroup = (app, { hub, reading, version, clock }) => {
  app.get(
    '/live',
    {
      exposeHeadRoute: false,
      schema: {
        tags: ['Live'],
        summary: 'Articles as they are scored',
        description,
        response: { 200: { description: 'A stream of events', content: { 'text/event-stream': { schema: z.unknown() } } }, ...problems(404, 503) },
      },
    },
    async (request, reply) => {
      if (!hub) throw new ApiProblem('not-found', 'Nothing can be followed live here; ask again for the lists with their ETag.');
      if (hub.full) throw new ApiProblem('unavailable', 'Too many readers follow live already.', { headers: { 'retry-after': '30' } });
      const { sample } = await reading.current();
      return reply
        .headers({ 'cache-control': 'no-store', 'x-accel-buffering': 'no' })
        .type('text/event-stream; charset=utf-8')
        .send(hub.open({ at: isoTime(clock.now()), version, sample }, request.caller?.isStillValid));
    },
  );
};
