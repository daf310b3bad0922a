import { DAY, HOUR, ManualClock, RollupIncrements } from '@barometer/kernel';
import { addToRollups, openDatabase } from '@barometer/storage-sqlite';
import { addCounts } from '@barometer/reporting';
import fc from 'fast-check';
import { mendRollup } from './invariant';
import { SqliteReportStore } from './sqlite-report-store';

const FIRST_DAY = 20_000;
const counts = fc.record({ negative: fc.integer({ min: 0, max: 5 }), neutral: fc.integer({ min: 0, max: 5 }), positive: fc.integer({ min: 0, max: 5 }), toneSum: fc.integer({ min: -900, max: 900 }), toneSquares: fc.integer({ min: 0, max: 900 }) });
const change = fc.record({
  kind: fc.constantFrom('add', 'take', 'mend', 'drop'),
  scope: fc.constantFrom('all', 's:bbc', 't:gas@1|s:bbc', 'y:story'),
  hour: fc.integer({ min: FIRST_DAY * 24, max: FIRST_DAY * 24 + 71 }),
  counts,
});
const daysOfHours = `SELECT scope, hour / 24 AS day, sum(negative) AS negative, sum(neutral) AS neutral, sum(positive) AS positive, sum(tone_sum) AS tone, sum(tone_squares) AS squares
  FROM rollups WHERE scope NOT GLOB 'y:*' GROUP BY scope, day HAVING negative <> 0 OR neutral <> 0 OR positive <> 0 OR tone <> 0 OR squares <> 0 ORDER BY scope, day`;
const days = 'SELECT scope, day, negative, neutral, positive, tone_sum AS tone, tone_squares AS squares FROM daily_rollups WHERE negative <> 0 OR neutral <> 0 OR positive <> 0 OR tone_sum <> 0 OR tone_squares <> 0 ORDER BY scope, day';

describe('roll-ups by the day', () => {
  it('are the sums of the hours, whatever changes them', () => {
    fc.assert(fc.property(fc.array(change, { maxLength: 40 }), (changes) => {
      const db = openDatabase(':memory:');
      for (const { kind, scope, hour, counts: of } of changes) {
        const increments = new RollupIncrements();
        increments.add([scope], hour, of, kind === 'take' ? -1 : 1);
        if (kind === 'mend') mendRollup(db, { scope, hour, stored: of, expected: of });
        else if (kind === 'drop') db.run('DELETE FROM rollups WHERE hour <= ? AND scope = ?', hour, scope);
        else addToRollups(db, increments);
      }
      expect(db.all(days)).toEqual(db.all(daysOfHours));
      db.close();
    }), { seed: 20, numRuns: 60 });
  });

  it('stand for whole days only, and add up to the hours of any period', async () => {
    const db = openDatabase(':memory:');
    const first = FIRST_DAY * 24;
    for (let hour = first; hour < first + 96; hour += 1) {
      const increments = new RollupIncrements();
      increments.add(['s:bbc'], hour, { negative: 1, neutral: 0, positive: hour % 3, toneSum: hour % 7, toneSquares: 1 });
      addToRollups(db, increments);
    }
    const store = new SqliteReportStore(db, new ManualClock((FIRST_DAY + 4) * DAY));
    for (const [from, to] of [[0, 96], [5, 90], [24, 72], [23, 25], [30, 40]] as const) {
      const period = { from: (first + from) * HOUR, to: (first + to) * HOUR };
      const [hours, coarse] = [(await store.hoursBy('source', {}, period)).get('bbc') ?? [], (await store.hoursBy('source', {}, period, { wholeDays: true })).get('bbc') ?? []];
      expect(addCounts(coarse)).toEqual(addCounts(hours));
      expect(coarse.every(({ hour }) => hour >= first + from && hour < first + to)).toBe(true);
      expect(coarse.length).toBe(from === 0 ? 4 : from === 5 ? 19 + 2 + 18 : from === 24 ? 2 : hours.length);
    }
  });
});
