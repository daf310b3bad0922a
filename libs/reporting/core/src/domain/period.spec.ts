import fc from 'fast-check';
import { HOUR, MINUTE, RETENTION } from '@barometer/kernel';
import { hoursIn, knownPeriod, lastHours, periodBefore } from './period';

const now = Date.UTC(2026, 10, 23, 12, 34);
const noon = Date.UTC(2026, 10, 23, 12);

describe('periods', () => {
  it('end with the running hour', () => {
    expect(lastHours(24, now)).toEqual({ from: noon - 23 * HOUR, to: noon + HOUR });
    expect(knownPeriod({ from: noon, to: now + RETENTION }, now)).toEqual({ from: noon, to: noon + HOUR });
  });

  it('are widened to whole hours and begin with what is kept', () => {
    expect(knownPeriod({ from: noon - 2 * HOUR + 1, to: noon - MINUTE }, now)).toEqual({ from: noon - 2 * HOUR, to: noon });
    expect(knownPeriod({ from: 0, to: noon }, now).from).toBe(noon - RETENTION + HOUR);
    expect(knownPeriod({ from: 0, to: noon }, noon).from).toBe(noon - RETENTION + HOUR);
  });

  it('are never turned round, whatever is asked for', () => {
    const time = fc.integer({ min: -8.64e15, max: 8.64e15 });
    fc.assert(fc.property(time, time, (from, to) => {
      const period = knownPeriod({ from, to }, now);
      expect([period.from % HOUR, period.to % HOUR]).toEqual([0, 0]);
      expect(hoursIn(period)).toBeGreaterThanOrEqual(0);
      expect(hoursIn(period)).toBeLessThanOrEqual(RETENTION / HOUR);
    }));
  });

  it('know the equally long one before', () => expect(periodBefore({ from: 300, to: 400 })).toEqual({ from: 200, to: 300 }));
});
