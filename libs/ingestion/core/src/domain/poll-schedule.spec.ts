import fc from 'fast-check';
import { DAY, HOUR, MINUTE } from '@barometer/kernel';
import { waitAfterFailure, waitAfterSuccess } from './poll-schedule';

const base = fc.integer({ min: 1, max: 1_440 }).map((minutes) => minutes * MINUTE);
const hint = fc.option(fc.oneof(fc.integer({ min: -DAY, max: 400 * DAY }), fc.constantFrom(Infinity, Number.NaN)), { nil: undefined });
const hints = fc.record({ ttlMs: hint, maxAgeMs: hint, retryAfterMs: hint });
const random = fc.double({ min: 0, max: 1, noNaN: true });

it('never waits less than the base interval or more than a day', () => {
  fc.assert(
    fc.property(base, hints, random, fc.integer({ min: 0, max: 1e6 }), fc.boolean(), (baseMs, asked, r, failures, reached) => {
      for (const wait of [waitAfterSuccess(baseMs, asked, r), waitAfterFailure(baseMs, failures, { ...asked, reached }, r)]) {
        expect(wait).toBeGreaterThanOrEqual(baseMs);
        expect(wait).toBeLessThanOrEqual(DAY);
        expect(Number.isInteger(wait)).toBe(true);
      }
    }),
  );
});

it.each([
  [{}, 15 * MINUTE],
  [{ ttlMs: 5 * MINUTE }, 15 * MINUTE],
  [{ ttlMs: HOUR, maxAgeMs: 2 * HOUR }, 2 * HOUR],
  [{ retryAfterMs: 3 * HOUR }, 3 * HOUR],
  [{ maxAgeMs: 365 * DAY }, DAY],
])('after success with %j', (asked, wait) => expect(waitAfterSuccess(15 * MINUTE, asked, 0)).toBe(wait));

it('doubles with each failure, up to a day, or an hour if the server was not reached', () => {
  const waits = (reached: boolean) => [1, 2, 3, 4, 50].map((failures) => waitAfterFailure(15 * MINUTE, failures, { reached }, 0) / MINUTE);
  expect(waits(true)).toEqual([15, 30, 60, 120, 1_440]);
  expect(waits(false)).toEqual([15, 30, 60, 60, 60]);
});

it('adds a jitter of up to a tenth', () => expect(waitAfterSuccess(10 * MINUTE, {}, 1)).toBe(11 * MINUTE));
