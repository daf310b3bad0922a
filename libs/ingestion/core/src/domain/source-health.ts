import { MINUTE } from '@barometer/kernel';
import type { FetchedFeed, FetchError, FetchErrorCode } from '../ports/feed-fetcher.port';
import type { ReadErrorCode } from '../ports/feed-reader.port';
import { MAX_WAIT, waitAfterFailure, waitAfterSuccess } from './poll-schedule';
import type { Source, SourceHealth } from './source';
import { hostToSpare, minuteText, untilWhen } from './spared-host';

/** The health of a source that was never polled: due at once. */
export function newHealth(now: number): SourceHealth {
  return { status: 'never', nextPollAt: now, failures: 0, polls: 0, articles: 0, bytesSaved: 0, lastBytes: 0 };
}

/** When a poll ended, and a number in 0...1 that spreads the next ones. */
export interface PollEnd {
  readonly now: number;
  readonly random: number;
}

/** What a read document adds: articles that were new, the feed's TTL, and how far back the first poll took. */
export interface ReadFeed {
  readonly newArticles: number;
  readonly ttlMs?: number | undefined;
  readonly takenSince?: number | undefined;
  /** What to say of the document, a sentence each. */
  readonly notices?: readonly string[];
}

type Document = Extract<FetchedFeed, { kind: 'document' }>;
type NotModified = Extract<FetchedFeed, { kind: 'not-modified' }>;

/** After a poll that brought a readable document, whose validators replace the ones before. */
export function healthAfterDocument(source: Source, document: Document, read: ReadFeed, end: PollEnd): SourceHealth {
  const { polls, articles, bytesSaved } = source.health;
  const { etag, lastModified } = document;
  const { ttlMs, takenSince, notices = [] } = read;
  return {
    status: 'ok', ...success(source, { ...document, ttlMs }, end), httpStatus: document.httpStatus, polls: polls + 1,
    articles: articles + read.newArticles, bytesSaved, lastBytes: document.body.byteLength,
    ...(etag !== undefined && { etag }), ...(lastModified !== undefined && { lastModified }),
    ...(ttlMs !== undefined && { ttlMs }), ...(takenSince !== undefined && { takenSince }), ...(notices.length > 0 && { notices }),
  };
}

/** After a 304: what the last full body taught stays, and its bytes were saved once more. */
export function healthAfterNotModified(source: Source, answer: NotModified, end: PollEnd): SourceHealth {
  const { message: _message, sparedHost: _sparedHost, ...health } = source.health;
  const { etag, lastModified } = answer;
  return {
    ...health, status: 'not-modified', ...success(source, { ...answer, ttlMs: health.ttlMs }, end), httpStatus: 304, polls: health.polls + 1,
    bytesSaved: health.bytesSaved + health.lastBytes, ...(etag !== undefined && { etag }), ...(lastModified !== undefined && { lastModified }),
  };
}

function success(source: Source, hints: Parameters<typeof waitAfterSuccess>[1], { now, random }: PollEnd) {
  const wait = waitAfterSuccess(source.intervalMinutes * MINUTE, hints, random);
  return { failures: 0, lastPolledAt: now, lastSuccessAt: now, nextPollAt: now + wait };
}

/** Why a poll failed; without a code the reason lies in the document or in Barometer, and the server was reached. */
export type PollFailure = Pick<FetchError, 'message' | 'host' | 'httpStatus' | 'maxAgeMs' | 'retryAfterMs'> & { readonly code?: PollFailureKind };

/** What a poll failed by, one of few kinds. */
export type PollFailureKind = FetchErrorCode | ReadErrorCode | 'unexpected';

const UNREACHED: ReadonlySet<PollFailureKind | undefined> = new Set<PollFailureKind>(['dns', 'connect', 'network']);

const TOO_MANY = 429;

/** After a failure, whose message says until when its host is spared. The validators stay: they belong to the last document that was read. A 410 ends polling. */
export function healthAfterFailure(source: Source, failure: PollFailure, { now, random }: PollEnd): SourceHealth {
  const { httpStatus: _httpStatus, ...health } = source.health;
  const failures = health.failures + 1;
  const gone = failure.code === 'gone';
  // A failing answer's Cache-Control is about the failure, often set for long by mistake; Retry-After is meant for us.
  const hints = { retryAfterMs: failure.retryAfterMs, reached: !UNREACHED.has(failure.code) };
  const wait = gone ? MAX_WAIT : waitAfterFailure(source.intervalMinutes * MINUTE, failures, hints, random);
  const sparedHost = hostToSpare(source, failure, wait, now);
  const message = [failure.message, ...(sparedHost ? [untilWhen(sparedHost)] : failure.httpStatus === TOO_MANY ? [`It is asked again at ${minuteText(now + wait)}.`] : [])].join(' ');
  return {
    ...health, status: gone ? 'gone' : 'failed', message, failures, polls: health.polls + 1, lastPolledAt: now,
    nextPollAt: now + wait, ...(sparedHost && { sparedHost }), ...(failure.httpStatus !== undefined && { httpStatus: failure.httpStatus }),
  };
}
