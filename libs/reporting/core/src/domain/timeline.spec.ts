import fc from 'fast-check';
import { DAY, HOUR, hourOf } from '@barometer/kernel';
import { hourNumbers, hoursIn } from './period';
import { addCounts } from './figures';
import { bucketsOf, dayBegin, isTimeZone, localDays } from './timeline';

const zones = [
  'UTC',
  'Europe/Berlin',
  'America/New_York',
  'Asia/Kolkata',
  'Asia/Kathmandu',
  'Australia/Lord_Howe',
  'Pacific/Kiritimati',
  'Pacific/Apia',
  'America/St_Johns',
];
const sizes = (from: number, to: number, zone: string) => localDays({ from, to }, zone).map(({ day, hours }) => `${day} ${hours.length}`);

describe('localDays', () => {
  it('has 23 or 25 hours when the clocks change', () => {
    expect(sizes(Date.UTC(2026, 2, 27, 23), Date.UTC(2026, 2, 30, 22), 'Europe/Berlin')).toEqual(['2026-03-28 24', '2026-03-29 23', '2026-03-30 24']);
    expect(sizes(Date.UTC(2026, 9, 24, 22), Date.UTC(2026, 9, 26, 23), 'Europe/Berlin')).toEqual(['2026-10-25 25', '2026-10-26 24']);
  });

  it('assigns an hour to the day in which it begins if the offset includes half an hour', () => {
    // Midnight in Kolkata is 18:30 UTC; the hour from 18:00 UTC begins at 23:30 local time.
    expect(localDays({ from: Date.UTC(2026, 10, 22, 18), to: Date.UTC(2026, 10, 22, 20) }, 'Asia/Kolkata')).toEqual([
      { day: '2026-11-22', hours: [hourOf(Date.UTC(2026, 10, 22, 18))] },
      { day: '2026-11-23', hours: [hourOf(Date.UTC(2026, 10, 22, 19))] },
    ]);
  });

  it('splits the hours of any period in any zone into days without gaps', () => {
    const start = fc.integer({ min: hourOf(Date.UTC(2011, 11, 1)), max: hourOf(Date.UTC(2027, 0, 1)) });
    fc.assert(
      fc.property(start, fc.nat(400), fc.constantFrom(...zones), (first, length, zone) => {
        const period = { from: first * HOUR, to: (first + length) * HOUR };
        const days = localDays(period, zone);
        expect(days.flatMap(({ hours }) => hours)).toEqual(hourNumbers(period));
        expect(days.every((day, index) => index === 0 || (days[index - 1]?.day ?? '') < (day.day ?? ''))).toBe(true);
        expect(days.every(({ hours }) => hours.length > 0 && hours.length <= 25)).toBe(true);
      }),
      { numRuns: 60 },
    );
  });

  it('knows which zones exist', () => {
    expect([isTimeZone('Europe/Berlin'), isTimeZone('Mars/Olympus'), isTimeZone('')]).toEqual([true, false, false]);
  });
});

it.each([
  ['UTC', '00:00'],
  ['Europe/Berlin', '00:00'],
  ['Asia/Kolkata', '00:30'],
  ['Australia/Adelaide', '00:30'],
  ['Asia/Kathmandu', '00:45'],
  ['America/St_Johns', '00:30'],
])('days in %s begin at %s', (timeZone, begins) => {
  const from = Date.UTC(2026, 10, 20);
  expect(dayBegin(localDays({ from, to: from + 4 * DAY }, timeZone), timeZone)).toBe(begins);
});

describe('bucketsOf', () => {
  const from = Date.UTC(2026, 10, 22);
  const rows = [0, 3, 30].map((after) => ({ hour: hourOf(from) + after, negative: 0, neutral: 0, positive: 2, toneSum: 1_000_000, toneSquares: 500_000 }));

  it('by hour leaves no hour out and distinguishes a gap from a zero', () => {
    const buckets = bucketsOf({ from, to: from + 4 * HOUR }, { bucket: 'hour', timeZone: 'UTC' }, rows, {
      observed: new Set([hourOf(from), hourOf(from) + 2]),
      imported: new Set([hourOf(from), hourOf(from) + 3]),
    });
    expect(buckets.map(({ observed, volume, tone }) => [observed, volume, tone])).toEqual([
      [true, 2, 0.5],
      [false, 0, undefined],
      [true, 0, undefined],
      [false, 2, 0.5],
    ]);
    expect(buckets[1]).toMatchObject({ from: from + HOUR, to: from + 2 * HOUR, hours: 1, observedHours: 0 });
    expect(buckets.map(({ importedHours }) => importedHours)).toEqual([0, 0, 0, 1]);
  });

  it('by day says how much of it was observed', () => {
    const [one, two] = bucketsOf({ from, to: from + 2 * DAY }, { bucket: 'day', timeZone: 'UTC' }, rows, {
      observed: new Set([hourOf(from) + 1]),
      imported: new Set(),
    });
    expect(one).toMatchObject({ day: '2026-11-22', from, to: from + DAY, observed: true, observedHours: 1, hours: 24, volume: 4 });
    expect(two).toMatchObject({ day: '2026-11-23', observed: false, observedHours: 0, volume: 2 });
  });

  it('have the same total in buckets of any size', () => {
    fc.assert(
      fc.property(fc.array(fc.nat(199), { maxLength: 30 }), fc.constantFrom(...zones), (hours, timeZone) => {
        const some = [...new Set(hours)].map((after) => ({
          hour: hourOf(from) + after,
          negative: after,
          neutral: 1,
          positive: 2,
          toneSum: -after,
          toneSquares: after,
        }));
        const period = { from, to: from + 200 * HOUR };
        const buckets = bucketsOf(period, { bucket: 'day', timeZone }, some, { observed: new Set(), imported: new Set() });
        expect(addCounts(buckets.map(({ counts }) => counts))).toEqual(addCounts(some));
        expect(buckets.reduce((sum, bucket) => sum + bucket.hours, 0)).toBe(hoursIn(period));
        expect(buckets.every((bucket, index) => bucket.from === (buckets[index - 1]?.to ?? from))).toBe(true);
      }),
      { numRuns: 40 },
    );
  });
});
