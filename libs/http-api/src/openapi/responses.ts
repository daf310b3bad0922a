import * as z from 'zod';
import { problemSchema } from '../contract/problem';
import { problemKinds } from '../problems/api-problem';

const notModified = z.undefined().meta({ description: 'The copy with the ETag in If-None-Match is still current' });
const noContent = z.undefined().meta({ description: 'Done' });

/** Responses in addition to the successful one, for `schema.response`. */
export const unchanged = { 304: notModified };
export const emptied = { 204: noContent };
export const sentOn = { 303: z.undefined().meta({ description: 'Location is where the browser goes next' }) };

const titles = new Map<number, string>(Object.values(problemKinds).map(({ status, title }) => [status, title]));

/**
 * The problem documents that a route may answer with; every route may also answer 401, 403, 429 and 500. The type is
 * empty because routes throw problems and never send them.
 */
export function problems(...statuses: number[]): Record<never, never> {
  const all = [...new Set([...statuses, 401, 403, 429, 500])].sort();
  return Object.fromEntries(
    all.map((status) => [status, { description: titles.get(status) ?? 'Problem', content: { 'application/problem+json': { schema: problemSchema } } }]),
  );
}
