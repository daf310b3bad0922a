import type { FastifyBaseLogger, FastifyInstance, RawReplyDefaultExpression, RawRequestDefaultExpression, RawServerDefault } from 'fastify';
import type { ZodTypeProvider } from 'fastify-type-provider-zod';
import type { ApiDependencies } from './dependencies';
import type { LiveHub } from './live/live-hub';
import type { Reading } from './reading';

/** A Fastify application whose routes are typed by the zod schemas that validate them. */
export type Api = FastifyInstance<RawServerDefault, RawRequestDefaultExpression, RawReplyDefaultExpression, FastifyBaseLogger, ZodTypeProvider>;

/** Where the API stands, below the path that Barometer is served under. */
export const PREFIX = '/api/v1';

/** What a group of routes works with. */
export interface RouteContext extends ApiDependencies {
  readonly reading: Reading;
  readonly hub?: LiveHub;
  /** The path of the API as its callers write it. */
  readonly prefix: string;
}

export type RouteGroup = (app: Api, context: RouteContext) => void;
