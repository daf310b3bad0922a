import type { RouteContext, RouteGroup } from '../api';
import { UsualOfTopics } from '../metrics/usual-of-topics';
import { problems } from '../openapi/responses';
import * as z from 'zod';

const CONTENT_TYPE = 'text/plain; version=0.0.4; charset=utf-8';
const inPrometheusFormat = { 'text/plain': { schema: z.string().meta({ description: 'Metrics in the text format of Prometheus' }) } };

/** At the root, where Prometheus looks. */
export const metricsRoutes: RouteGroup = (app, context: RouteContext) => {
  const usualOfTopics = new UsualOfTopics();
  app.get(
    '/metrics',
    {
      schema: {
        tags: ['Service'],
        summary: 'Metrics for Prometheus',
        response: { 200: { description: 'Metrics', content: inPrometheusFormat }, ...problems() },
        description: 'Counters run since this process started; everything else is read from the store. docs/operations/metrics.md explains each.',
      },
    },
    async (_request, reply) => {
      // The code that writes the format is loaded with the first request, since few readers use it.
      const { metricsOf } = await import('../metrics/metrics');
      return reply
        .type(CONTENT_TYPE)
        .header('cache-control', 'no-store')
        .send(await metricsOf(context, usualOfTopics));
    },
  );
};
