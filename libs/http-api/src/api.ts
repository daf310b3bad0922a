import type { FastifyBaseLogger, FastifyInstance, RawReplyDefaultExpression, RawRequestDefaultExpression, RawServerDefault } from 'fastify';
import type { ZodTypeProvider } from 'fastify-type-provider-zod';
import type { ApiDependencies } from './dependencies';
import type { LiveHub } from './live/live-hub';
import type { Reading } from './reading';

/** A Fastify application whose routes are typed by the zod schemas that validate them. */
export type Api = FastifyInstance<RawServerDefault, RawRequestDefaultExpression, RawReplyDefaultExpression, FastifyBaseLogger, ZodTypeProvider>;

/** What a group of routes works with. */
export interface RouteContext extends ApiDependencies {
  readonly reading: Reading;
  readonly hub?: LiveHub;
}

export type RouteGroup = (app: Api, context: RouteContext) => void;
