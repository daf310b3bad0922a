import { DAY, HOUR, MINUTE } from '@barometer/kernel';
import * as fc from 'fast-check';
import type { DigestSchedule } from './digest';
import { dueBefore, duesBetween, latestDue, nextDue } from './digest-schedule';
import { localTime, momentOf } from './local-time';

const daily = (time: string, timeZone = 'Europe/Vienna'): DigestSchedule => ({ every: 'day', weekday: 'monday', time, timeZone });
const weekly = (weekday: DigestSchedule['weekday'], time: string, timeZone = 'Europe/Vienna'): DigestSchedule => ({ every: 'week', weekday, time, timeZone });
const at = (time: string) => Date.parse(time);
const iso = (time: number) => new Date(time).toISOString().replace(':00.000Z', 'Z');

describe('when a digest is due', () => {
  it.each([
    ['in winter', daily('07:00'), '2026-11-23T12:00:00Z', '2026-11-23T06:00Z', '2026-11-24T06:00Z'],
    ['at the very moment', daily('07:00'), '2026-11-23T06:00:00Z', '2026-11-23T06:00Z', '2026-11-24T06:00Z'],
    ['in summer', daily('07:00'), '2026-07-01T04:59:00Z', '2026-06-30T05:00Z', '2026-07-01T05:00Z'],
    ['on the day that summer time begins', daily('07:00'), '2026-03-29T12:00:00Z', '2026-03-29T05:00Z', '2026-03-30T05:00Z'],
    ['at a time that does not exist', daily('02:30'), '2026-03-29T12:00:00Z', '2026-03-29T01:30Z', '2026-03-30T00:30Z'],
    ['at a time that occurs twice, the first one', daily('02:30'), '2026-10-25T00:40:00Z', '2026-10-25T00:30Z', '2026-10-26T01:30Z'],
    ['and not the second one', daily('02:30'), '2026-10-25T12:00:00Z', '2026-10-25T00:30Z', '2026-10-26T01:30Z'],
    ['at midnight, where summer time begins at midnight', daily('00:00', 'Africa/Cairo'), '2026-04-24T12:00:00Z', '2026-04-23T22:00Z', '2026-04-24T21:00Z'],
    ['far in the east', daily('06:00', 'Pacific/Kiritimati'), '2026-11-23T12:00:00Z', '2026-11-22T16:00Z', '2026-11-23T16:00Z'],
    ['in a zone with a half-hour offset', daily('07:00', 'Asia/Kolkata'), '2026-11-23T12:00:00Z', '2026-11-23T01:30Z', '2026-11-24T01:30Z'],
    ['once a week', weekly('friday', '18:00'), '2026-11-23T12:00:00Z', '2026-11-20T17:00Z', '2026-11-27T17:00Z'],
    ['once a week, today', weekly('monday', '18:00'), '2026-11-23T12:00:00Z', '2026-11-16T17:00Z', '2026-11-23T17:00Z'],
  ])('%s', (_name, schedule, now, latest, next) => {
    expect([iso(latestDue(schedule, at(now))), iso(nextDue(schedule, at(now)))]).toEqual([latest, next]);
  });

  it('counts the editions that were due in between', () => {
    expect(duesBetween(daily('07:00'), at('2026-11-20T06:00:00Z'), at('2026-11-23T06:00:00Z'))).toBe(2);
    expect(duesBetween(daily('07:00'), 0, at('2026-11-23T06:00:00Z'))).toBe(60);
    expect(dueBefore(weekly('monday', '18:00'), at('2026-11-23T17:00:00Z'))).toBe(at('2026-11-16T17:00:00Z'));
  });

  const zones = fc.constantFrom(
    'Europe/Vienna',
    'America/New_York',
    'Africa/Casablanca',
    'Africa/Cairo',
    'Australia/Lord_Howe',
    'America/Sao_Paulo',
    'Asia/Kathmandu',
    'UTC',
    'Pacific/Chatham',
  );
  const times = fc.tuple(fc.nat(23), fc.nat(59)).map(([hour, minute]) => `${String(hour).padStart(2, '0')}:${String(minute).padStart(2, '0')}`);

  it('is due once on every calendar day, in every zone, whatever the clock does', () => {
    fc.assert(
      fc.property(zones, times, fc.integer({ min: at('2020-01-05T00:00:00Z'), max: at('2030-01-01T00:00:00Z') }), (timeZone, time, start) => {
        const dates: string[] = [];
        for (let now = start, due = latestDue(daily(time, timeZone), start); dates.length < 12; now = due, due = nextDue(daily(time, timeZone), now)) {
          const { year, month, day } = localTime(due, timeZone);
          dates.push(`${year}-${month}-${day}`);
          expect(latestDue(daily(time, timeZone), due)).toBe(due);
          expect(due - dueBefore(daily(time, timeZone), due)).toBeLessThanOrEqual(DAY + HOUR);
        }
        expect(new Set(dates).size).toBe(dates.length);
      }),
      { numRuns: 60 },
    );
  });

  it('is due when the clock first shows the time', () => {
    fc.assert(
      fc.property(zones, times, fc.integer({ min: at('2020-01-05T00:00:00Z'), max: at('2030-01-01T00:00:00Z') }), (timeZone, time, near) => {
        const date = localTime(near, timeZone);
        const moment = momentOf(date, time, timeZone);
        const shown = localTime(moment, timeZone);
        const wanted = Number(time.slice(0, 2)) * 60 + Number(time.slice(3));
        // A time in a gap is shown later by the length of the gap.
        expect(shown.minutes - wanted === 0 || (shown.minutes > wanted && shown.minutes - wanted <= 60)).toBe(true);
        for (let back = 1; back <= 120; back += 1) expect(localTime(moment - back * MINUTE, timeZone)).not.toEqual({ ...date, minutes: wanted });
      }),
      { numRuns: 60 },
    );
  });
});
