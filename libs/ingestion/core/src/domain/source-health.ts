import { MINUTE } from '@barometer/kernel';
import type { FetchedFeed, FetchError, FetchErrorCode } from '../ports/feed-fetcher.port';
import type { ReadErrorCode } from '../ports/feed-reader.port';
import { outagesAfterFailure, outagesAfterSuccess } from './outages';
import { MAX_WAIT, waitAfterFailure, waitAfterSuccess } from './poll-schedule';
import type { Source, SourceHealth } from './source';
import { hostToSpare, minuteText, untilWhen } from './spared-host';

/** The health of a source that was never polled and is due at once. */
export function newHealth(now: number): SourceHealth {
  return { status: 'never', nextPollAt: now, failures: 0, polls: 0, articles: 0, bytesSaved: 0, lastBytes: 0 };
}

/** When a poll ended, and a random number in 0...1 for the jitter of the next poll. */
export interface PollEnd {
  readonly now: number;
  readonly random: number;
}

/** The results of reading a document: number of new articles, the feed's TTL, and how far back the first poll went. */
export interface ReadFeed {
  readonly newArticles: number;
  readonly ttlMs?: number | undefined;
  readonly takenSince?: number | undefined;
  /** Notices about the document, a sentence each. */
  readonly notices?: readonly string[];
}

type Document = Extract<FetchedFeed, { kind: 'document' }>;
type NotModified = Extract<FetchedFeed, { kind: 'not-modified' }>;

/** The health after a poll with a readable document, whose validators replace the previous ones. */
export function healthAfterDocument(source: Source, document: Document, read: ReadFeed, end: PollEnd): SourceHealth {
  const { polls, articles, bytesSaved } = source.health;
  const { etag, lastModified } = document;
  const { ttlMs, takenSince, notices = [] } = read;
  return {
    status: 'ok',
    ...success(source, { ...document, ttlMs }, end),
    httpStatus: document.httpStatus,
    polls: polls + 1,
    articles: articles + read.newArticles,
    bytesSaved,
    lastBytes: document.body.byteLength,
    ...(etag !== undefined && { etag }),
    ...(lastModified !== undefined && { lastModified }),
    ...(ttlMs !== undefined && { ttlMs }),
    ...(takenSince !== undefined && { takenSince }),
    ...(notices.length > 0 && { notices }),
  };
}

/** The health after a 304: what the last full body set is kept, and its bytes count as saved once more. */
export function healthAfterNotModified(source: Source, answer: NotModified, end: PollEnd): SourceHealth {
  const { message: _message, sparedHost: _sparedHost, ...health } = source.health;
  const { etag, lastModified } = answer;
  return {
    ...health,
    status: 'not-modified',
    ...success(source, { ...answer, ttlMs: health.ttlMs }, end),
    httpStatus: 304,
    polls: health.polls + 1,
    bytesSaved: health.bytesSaved + health.lastBytes,
    ...(etag !== undefined && { etag }),
    ...(lastModified !== undefined && { lastModified }),
  };
}

function success(source: Source, hints: Parameters<typeof waitAfterSuccess>[1], { now, random }: PollEnd) {
  const wait = waitAfterSuccess(source.intervalMinutes * MINUTE, hints, random);
  const outages = outagesAfterSuccess(source, now);
  return { failures: 0, lastPolledAt: now, lastSuccessAt: now, nextPollAt: now + wait, ...(outages.length > 0 && { outages }) };
}

/** Why a poll failed. Without a code, the cause is in the document or in Barometer, and the server was reached. */
export type PollFailure = Pick<FetchError, 'message' | 'host' | 'httpStatus' | 'maxAgeMs' | 'retryAfterMs'> & { readonly code?: PollFailureKind };

/** The kinds of failure of a poll. */
export type PollFailureKind = FetchErrorCode | ReadErrorCode | 'unexpected';

const UNREACHED: ReadonlySet<PollFailureKind | undefined> = new Set<PollFailureKind>(['dns', 'connect', 'network']);

const TOO_MANY = 429;

/**
 * The health after a failure; the message says until when its host is not polled. The validators are kept: they belong to the
 * last document that was read. A 410 ends polling.
 */
export function healthAfterFailure(source: Source, failure: PollFailure, { now, random }: PollEnd): SourceHealth {
  const { httpStatus: _httpStatus, ...health } = source.health;
  const failures = health.failures + 1;
  const gone = failure.code === 'gone';
  // The Cache-Control of an error response is for that response and often mistakenly long; Retry-After is meant for clients.
  const hints = { retryAfterMs: failure.retryAfterMs, reached: !UNREACHED.has(failure.code) };
  const wait = gone ? MAX_WAIT : waitAfterFailure(source.intervalMinutes * MINUTE, failures, hints, random);
  const outages = outagesAfterFailure(source, failures, gone);
  const sparedHost = hostToSpare(source, failure, wait, now);
  const message = [
    failure.message,
    ...(sparedHost ? [untilWhen(sparedHost)] : failure.httpStatus === TOO_MANY ? [`It is asked again at ${minuteText(now + wait)}.`] : []),
  ].join(' ');
  return {
    ...health,
    status: gone ? 'gone' : 'failed',
    message,
    failures,
    polls: health.polls + 1,
    lastPolledAt: now,
    nextPollAt: now + wait,
    ...(sparedHost && { sparedHost }),
    ...(failure.httpStatus !== undefined && { httpStatus: failure.httpStatus }),
    ...(outages.length > 0 && { outages }),
  };
}
