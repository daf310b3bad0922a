import type { FastifyBaseLogger, FastifyInstance, RawReplyDefaultExpression, RawRequestDefaultExpression, RawServerDefault } from 'fastify';
import type { ZodTypeProvider } from 'fastify-type-provider-zod';
import type { ApiDependencies } from './dependencies';
import type { KnownSources } from './known-sources';
import type { LiveHub } from './live/live-hub';
import type { Reading } from './reading';
import type { ScopeReader } from './scope-reader';

/** A Fastify application whose routes are typed by the zod schemas that validate them. */
export type Api = FastifyInstance<RawServerDefault, RawRequestDefaultExpression, RawReplyDefaultExpression, FastifyBaseLogger, ZodTypeProvider>;

/** The path of the API, below the base path. */
export const PREFIX = '/api/v1';

/** What every group of routes gets. */
export interface RouteContext extends ApiDependencies {
  readonly reading: Reading;
  readonly known: KnownSources;
  readonly scopes: ScopeReader;
  readonly hub?: LiveHub;
  /** The path of the API as its callers see it. */
  readonly prefix: string;
}

export type RouteGroup = (app: Api, context: RouteContext) => void;
