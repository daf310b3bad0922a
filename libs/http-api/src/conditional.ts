import { sha256Hex } from '@barometer/kernel';
import type { FastifyReply, FastifyRequest } from 'fastify';
import type { RouteContext } from './api';
import type { Current } from './reading';

/**
 * Whether the client's copy of a list is still current. The ETag consists of a watermark, read before the data so that
 * it is never newer than they are, of the resolved query, and of everything else that affects the answer.
 */
export async function isUnchanged(
  request: FastifyRequest,
  reply: FastifyReply,
  { version }: RouteContext,
  { models, sample }: Current,
  resolved: unknown,
): Promise<boolean> {
  const watermark = await models.watermark();
  return matches(request, reply, JSON.stringify([watermark, resolved, sample, version]));
}

/** The same for a small answer without a watermark: its ETag is made from its content. */
export function isSameContent(request: FastifyRequest, reply: FastifyReply, content: unknown): boolean {
  return matches(request, reply, JSON.stringify(content));
}

function matches(request: FastifyRequest, reply: FastifyReply, basis: string): boolean {
  const etag = `W/"${sha256Hex(`${request.routeOptions.url} ${basis}`).slice(0, 32)}"`;
  reply.headers({ etag, 'cache-control': 'private, no-cache' });
  const known = (request.headers['if-none-match'] ?? '').split(',').map((tag) => tag.trim().replace(/^(W\/)?/, 'W/'));
  return known.includes(etag);
}
