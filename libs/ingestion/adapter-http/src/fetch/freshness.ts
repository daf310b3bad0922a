import type { Freshness } from '@barometer/ingestion';
import { DAY, SECOND } from '@barometer/kernel';
import { parseFeedDate } from '../read/feed-date';

interface ResponseHeaders {
  get(name: string): string | null;
}

/** Longer waits are mistakes, and could exceed the range of whole numbers. */
const LONGEST = 365 * DAY;

/** Reads when the server wants the next request: Cache-Control max-age and Retry-After, in seconds or as a date. */
export function freshnessOf(headers: ResponseHeaders, now: number): Freshness {
  const maxAgeMs = maxAge(headers.get('cache-control') ?? '');
  const retryAfterMs = retryAfter(headers.get('retry-after')?.trim() ?? '', now);
  return { ...(maxAgeMs !== undefined && { maxAgeMs }), ...(retryAfterMs !== undefined && { retryAfterMs }) };
}

function maxAge(cacheControl: string): number | undefined {
  if (/\bno-(cache|store)\b/i.test(cacheControl)) return undefined;
  const seconds = /(?:^|[\s,])max-age\s*=\s*"?(\d{1,10})/i.exec(cacheControl)?.[1];
  return seconds === undefined ? undefined : Number(seconds) * SECOND;
}

function retryAfter(value: string, now: number): number | undefined {
  if (/^\d+(?:\.\d*)?$/.test(value)) return Math.min(Number(value) * SECOND, LONGEST);
  const date = parseFeedDate(value);
  // A date in the past is ignored: the page may come from a cache, or a clock may be wrong.
  return date === undefined || date <= now ? undefined : date - now;
}

/** ETag and Last-Modified for the next request. */
export function validatorsOf(headers: ResponseHeaders): { etag?: string; lastModified?: string } {
  const etag = headers.get('etag');
  const lastModified = headers.get('last-modified');
  return { ...(etag !== null && { etag }), ...(lastModified !== null && { lastModified }) };
}
