import * as z from 'zod';
import { problemSchema } from '../contract/problem';
import { problemKinds } from '../problems/api-problem';

const notModified = z.undefined().meta({ description: 'The copy with the ETag of If-None-Match is still right' });
const noContent = z.undefined().meta({ description: 'Done' });

/** Responses beside the plain one, for `schema.response`. */
export const unchanged = { 304: notModified };
export const emptied = { 204: noContent };

const titles = new Map<number, string>(Object.values(problemKinds).map(({ status, title }) => [status, title]));

/**
 * The problem documents that a route may answer with; every route may answer 401, 403, 429 and 500 as well. Typed as
 * nothing, since routes throw problems and never send them.
 */
export function problems(...statuses: number[]): Record<never, never> {
  const all = [...new Set([...statuses, 401, 403, 429, 500])].sort();
  return Object.fromEntries(
    all.map((status) => [status, { description: titles.get(status) ?? 'Problem', content: { 'application/problem+json': { schema: problemSchema } } }]),
  );
}
