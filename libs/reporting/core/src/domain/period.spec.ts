import fc from 'fast-check';
import { HOUR, MINUTE, RETENTION, STANDARD_RETENTION } from '@barometer/kernel';
import { holdsHour, hoursIn, knownPeriod, lastHours, periodBefore } from './period';

const now = Date.UTC(2026, 10, 23, 12, 34);
const noon = Date.UTC(2026, 10, 23, 12);

describe('periods', () => {
  it('end with the current hour', () => {
    expect(lastHours(24, now)).toEqual({ from: noon - 23 * HOUR, to: noon + HOUR });
    expect(knownPeriod({ from: noon, to: now + RETENTION }, now, STANDARD_RETENTION)).toEqual({ from: noon, to: noon + HOUR });
  });

  it('are widened to whole hours and begin with what is kept', () => {
    expect(knownPeriod({ from: noon - 2 * HOUR + 1, to: noon - MINUTE }, now, STANDARD_RETENTION)).toEqual({ from: noon - 2 * HOUR, to: noon });
    expect(knownPeriod({ from: 0, to: noon }, now, STANDARD_RETENTION).from).toBe(noon - RETENTION + HOUR);
    expect(knownPeriod({ from: 0, to: noon }, noon, STANDARD_RETENTION).from).toBe(noon - RETENTION + HOUR);
  });

  it('never end before they begin, whatever is requested', () => {
    const time = fc.integer({ min: -8.64e15, max: 8.64e15 });
    fc.assert(
      fc.property(time, time, (from, to) => {
        const period = knownPeriod({ from, to }, now, STANDARD_RETENTION);
        expect([period.from % HOUR, period.to % HOUR]).toEqual([0, 0]);
        expect(hoursIn(period)).toBeGreaterThanOrEqual(0);
        expect(hoursIn(period)).toBeLessThanOrEqual(RETENTION / HOUR);
      }),
    );
  });

  it('contain their hours, but not the one at their end', () =>
    expect([9, 10, 11, 12].map((hour) => holdsHour({ from: 10 * HOUR, to: 12 * HOUR }, hour))).toEqual([false, true, true, false]));

  it('have an equally long period before them', () => expect(periodBefore({ from: 300, to: 400 })).toEqual({ from: 200, to: 300 }));
});
