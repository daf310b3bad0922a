import fc from 'fast-check';
import { markObserved, observedHours, removeObserved } from './observed';
import { openDatabase } from './open-database';

const FIRST = 20_000 * 24;
const hours = fc.array(fc.integer({ min: FIRST, max: FIRST + 100 }), { maxLength: 40 });

describe('observed hours', () => {
  it('are those that were marked, for the source and for any source', () => {
    fc.assert(
      fc.property(hours, hours, fc.integer({ min: FIRST - 30, max: FIRST + 60 }), fc.integer({ min: 0, max: 90 }), (ours, theirs, first, length) => {
        const db = openDatabase(':memory:');
        for (const hour of ours) markObserved(db, 'ours', hour);
        for (const hour of theirs) markObserved(db, 'theirs', hour);
        const among = (list: number[]) => [...new Set(list)].filter((hour) => hour >= first && hour < first + length).sort((one, other) => one - other);
        expect(observedHours(db, 'ours', first, first + length)).toEqual(among(ours));
        expect(observedHours(db, '', first, first + length)).toEqual(among([...ours, ...theirs]));
        db.close();
      }),
      { seed: 4, numRuns: 60 },
    );
  });

  it('take one row for each source and day, and are removed once the whole day is over', () => {
    const db = openDatabase(':memory:');
    for (let hour = FIRST; hour < FIRST + 48; hour += 1) markObserved(db, 'ours', hour);
    const rows = () => db.get<{ count: number }>('SELECT count(*) AS count FROM observed_days')?.count;
    expect(rows()).toBe(4);
    removeObserved(db, FIRST + 22);
    expect(rows()).toBe(4);
    removeObserved(db, FIRST + 23);
    expect(rows()).toBe(2);
    expect(observedHours(db, 'ours', FIRST, FIRST + 48)).toEqual(Array.from({ length: 24 }, (_, hour) => FIRST + 24 + hour));
    db.close();
  });
});
