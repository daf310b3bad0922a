import { DAY, HOUR, MINUTE } from '@barometer/kernel';
import { exampleSource } from '../testing/fake-sources';
import { healthAfterDocument, healthAfterFailure, healthAfterNotModified, newHealth } from './source-health';

const end = { now: 1_000_000, random: 0 };
const document = { kind: 'document' as const, body: new Uint8Array(300), url: '', httpStatus: 200 };
const known = exampleSource({
  health: {
    ...newHealth(0),
    status: 'failed',
    failures: 3,
    message: 'Too slow.',
    httpStatus: 500,
    etag: '"1"',
    ttlMs: HOUR,
    polls: 4,
    lastBytes: 200,
    takenSince: 7,
  },
});

it('a document resets the failures and replaces validators, TTL and size', () => {
  const health = healthAfterDocument(known, { ...document, lastModified: 'Thu' }, { newArticles: 2, takenSince: 7 }, end);
  expect(health).toEqual({
    status: 'ok',
    failures: 0,
    polls: 5,
    articles: 2,
    bytesSaved: 0,
    lastBytes: 300,
    httpStatus: 200,
    lastModified: 'Thu',
    takenSince: 7,
    lastPolledAt: end.now,
    lastSuccessAt: end.now,
    nextPollAt: end.now + 15 * MINUTE,
  });
});

it('a 304 keeps what the last document set and counts its bytes as saved', () => {
  const health = healthAfterNotModified(known, { kind: 'not-modified' }, end);
  expect(health).toMatchObject({ status: 'not-modified', failures: 0, etag: '"1"', ttlMs: HOUR, bytesSaved: 200, lastBytes: 200, nextPollAt: end.now + HOUR });
  expect(health.message).toBeUndefined();
});

it('a failure gives the reason, backs off and keeps the validators', () => {
  const health = healthAfterFailure(known, { code: 'timeout', message: 'No answer.' }, end);
  expect(health).toMatchObject({ status: 'failed', failures: 4, message: 'No answer.', etag: '"1"', nextPollAt: end.now + 120 * MINUTE });
  expect(health.httpStatus).toBeUndefined();
  expect(health.lastSuccessAt).toBeUndefined();
});

it('respects the Retry-After of an error response, but not its Cache-Control', () => {
  const next = (hints: object) =>
    healthAfterFailure(exampleSource(), { code: 'http-status', message: 'x', httpStatus: 429, ...hints }, end).nextPollAt - end.now;
  expect([next({ retryAfterMs: 5 * HOUR }), next({ maxAgeMs: 5 * HOUR })]).toEqual([5 * HOUR, 15 * MINUTE]);
});

it('says until when a host is not polled, or when the source is polled again', () => {
  const messageAfter = (failure: object) =>
    healthAfterFailure(exampleSource(), { code: 'http-status', message: 'No.', ...failure }, { ...end, now: Date.UTC(2026, 10, 27, 12, 0, 30) }).message;
  expect(messageAfter({ httpStatus: 429, retryAfterMs: 2 * HOUR })).toBe('No. No feed of gazette.example is asked before 2026-11-27 14:01 UTC.');
  expect(messageAfter({ httpStatus: 503, host: 'other.example', retryAfterMs: MINUTE })).toBe(
    'No. No feed of other.example is asked before 2026-11-27 12:02 UTC.',
  );
  expect(messageAfter({ httpStatus: 429, retryAfterMs: 0 })).toBe('No. It is asked again at 2026-11-27 12:16 UTC.');
  expect(messageAfter({ httpStatus: 404 })).toBe('No.');
});

it('a 410 ends polling', () => {
  expect(healthAfterFailure(known, { code: 'gone', message: 'Gone.', httpStatus: 410 }, end)).toMatchObject({
    status: 'gone',
    httpStatus: 410,
    nextPollAt: end.now + DAY,
  });
});
