import { DAY, HOUR, MINUTE } from '@barometer/kernel';
import { exampleSource } from '../testing/fake-sources';
import { healthAfterDocument, healthAfterFailure, healthAfterNotModified, newHealth } from './source-health';
import { hostToSpare, sparing, withHostsSpared } from './spared-host';

const NOW = Date.UTC(2026, 0, 15, 12);
const source = exampleSource({ url: 'https://www.gazette.example/rss' });
const end = { now: NOW, random: 0 };
const sparedFor = (failure: object, wait = 30 * MINUTE): number => (hostToSpare(source, failure, wait, NOW)?.until ?? NOW) - NOW;

describe('hostToSpare', () => {
  it.each([
    [{ httpStatus: 429, retryAfterMs: 2 * HOUR }, 2 * HOUR],
    [{ httpStatus: 503, retryAfterMs: 90_000 }, 90_000],
    [{ httpStatus: 429, retryAfterMs: 400 * DAY }, DAY],
    [{ httpStatus: 503, retryAfterMs: 0 }, 0],
    [{ httpStatus: 429 }, 30 * MINUTE],
    [{ httpStatus: 503 }, 30 * MINUTE],
    [{ httpStatus: 403, retryAfterMs: 2 * HOUR }, 2 * HOUR],
    [{ httpStatus: 404 }, 0],
    [{ httpStatus: 500 }, 0],
    [{ retryAfterMs: 2 * HOUR }, 0],
  ])('after %j spares it for %i ms', (failure, time) => expect(sparedFor(failure)).toBe(time));

  it('spares it for at most an hour without Retry-After, even if its source waits longer', () => expect(sparedFor({ httpStatus: 429 }, DAY)).toBe(HOUR));

  it('returns the host that answered, else that of the source, without www', () => {
    const hostOf = (host?: string) => hostToSpare(source, { httpStatus: 429, ...(host !== undefined && { host }) }, HOUR, NOW)?.host;
    expect([hostOf(), hostOf('www.there.example'), hostOf('127.0.0.1')]).toEqual(['gazette.example', 'there.example', '127.0.0.1']);
  });
});

describe('the health of a source', () => {
  const refused = { ...source, health: healthAfterFailure(source, { message: 'x', httpStatus: 429, retryAfterMs: 2 * HOUR }, end) };

  it('records the host after a refusal, and removes it after a success', () => {
    expect(refused.health.sparedHost).toEqual({ host: 'gazette.example', until: NOW + 2 * HOUR });
    const document = { kind: 'document' as const, body: new Uint8Array(), url: '', httpStatus: 200 };
    expect(healthAfterDocument(refused, document, { newArticles: 0 }, end).sparedHost).toBeUndefined();
    expect(healthAfterNotModified(refused, { kind: 'not-modified' }, end).sparedHost).toBeUndefined();
    expect(healthAfterFailure(refused, { message: 'x', code: 'timeout' }, end).sparedHost).toEqual(refused.health.sparedHost);
  });

  it('shows when the other sources of the host are polled', () => {
    const due = (id: string, nextPollAt: number) => exampleSource({ id, url: `https://gazette.example/${id}`, health: { ...newHealth(0), nextPollAt } });
    const all = [
      refused,
      due('a', NOW - HOUR),
      due('b', NOW + 3 * HOUR),
      exampleSource({ id: 'c', url: 'https://c.example/' }),
      { ...due('d', 0), paused: true },
    ];
    const [self, ...others] = withHostsSpared(all, NOW);
    expect(self).toBe(refused);
    expect(others.map((one) => one.health.nextPollAt)).toEqual([NOW + 2 * HOUR, NOW + 3 * HOUR, 0, 0]);
    const why = ['gazette.example asked for fewer requests. No feed of gazette.example is asked before 2026-01-15 14:00 UTC.'];
    expect(others.map((one) => one.health.notices)).toEqual([why, undefined, undefined, undefined]);
    expect(withHostsSpared(all, NOW + 2 * HOUR)).toEqual(all);
  });

  it('spares the host until then, but ignores a time too far ahead', () => {
    const at = (now: number) => sparing([refused], now)('gazette.example');
    expect([at(NOW), at(NOW + 2 * HOUR - 1), at(NOW + 2 * HOUR), at(NOW - 2 * DAY)]).toEqual([true, true, false, false]);
    expect([sparing([refused], NOW)('www.gazette.example'), sparing([refused], NOW)('news.gazette.example')]).toEqual([true, false]);
  });
});
