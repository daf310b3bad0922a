import { sha256Hex } from '@barometer/kernel';
import type { FastifyReply, FastifyRequest } from 'fastify';
import type { RouteContext } from './api';
import type { Current } from './reading';

/**
 * Whether the client's copy of a list is still right. The ETag is made of one watermark, read before the data so that
 * it is never newer than they are, of the query as it was resolved, and of whatever else shapes the answer.
 */
export async function isUnchanged(
  request: FastifyRequest, reply: FastifyReply, { version }: RouteContext, { models, sample }: Current, resolved: unknown,
): Promise<boolean> {
  const watermark = await models.watermark();
  return matches(request, reply, JSON.stringify([watermark, resolved, sample, version]));
}

/** The same for an answer that is small and has no watermark: its own content is its ETag. */
export function isSameContent(request: FastifyRequest, reply: FastifyReply, content: unknown): boolean {
  return matches(request, reply, JSON.stringify(content));
}

function matches(request: FastifyRequest, reply: FastifyReply, basis: string): boolean {
  const etag = `W/"${sha256Hex(`${request.routeOptions.url} ${basis}`).slice(0, 32)}"`;
  reply.headers({ etag, 'cache-control': 'private, no-cache' });
  const known = (request.headers['if-none-match'] ?? '').split(',').map((tag) => tag.trim().replace(/^(W\/)?/, 'W/'));
  return known.includes(etag);
}
