import type { FastifyRequest } from 'fastify';
import type { RouteContext } from '../api';

/** The address of this Barometer as in the request, without a trailing slash. */
export const homeOf = (request: FastifyRequest, { config }: Pick<RouteContext, 'config'>): string =>
  `${request.protocol}://${request.host}${config.basePath ?? ''}`;

/**
 * The address of this Barometer for browsers: PUBLIC_URL, else as in the request. It must be registered at the provider
 * of sign-ins, so it should not depend on how a reader came here.
 */
export const publicHomeOf = (request: FastifyRequest, { config }: Pick<RouteContext, 'config'>): string => config.publicUrl ?? homeOf(request, { config });
