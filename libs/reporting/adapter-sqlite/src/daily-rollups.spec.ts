import { DAY, HOUR, ManualClock, RollupIncrements } from '@barometer/kernel';
import { addToRollups, openDatabase } from '@barometer/storage-sqlite';
import { addCounts } from '@barometer/reporting';
import { NOW, seed } from '@barometer/reporting/testing';
import fc from 'fast-check';
import { mendRollup } from './invariant';
import { SqliteReportStore } from './sqlite-report-store';
import { reportFixture } from './testing/seed';

const FIRST_DAY = 20_000;
const counts = fc.record({
  negative: fc.integer({ min: 0, max: 5 }),
  neutral: fc.integer({ min: 0, max: 5 }),
  positive: fc.integer({ min: 0, max: 5 }),
  toneSum: fc.integer({ min: -900, max: 900 }),
  toneSquares: fc.integer({ min: 0, max: 900 }),
});
const change = fc.record({
  kind: fc.constantFrom('add', 'take', 'mend', 'drop'),
  scope: fc.constantFrom('all', 's:bbc', 't:gas@1|s:bbc', 'y:story'),
  hour: fc.integer({ min: FIRST_DAY * 24, max: FIRST_DAY * 24 + 71 }),
  counts,
});
const daysOfHours = `SELECT scope, hour / 24 AS day, sum(negative) AS negative, sum(neutral) AS neutral, sum(positive) AS positive, sum(tone_sum) AS tone, sum(tone_squares) AS squares
  FROM rollups WHERE scope NOT GLOB 'y:*' GROUP BY scope, day HAVING negative <> 0 OR neutral <> 0 OR positive <> 0 OR tone <> 0 OR squares <> 0 ORDER BY scope, day`;
const days =
  'SELECT scope, day, negative, neutral, positive, tone_sum AS tone, tone_squares AS squares FROM daily_rollups WHERE negative <> 0 OR neutral <> 0 OR positive <> 0 OR tone_sum <> 0 OR tone_squares <> 0 ORDER BY scope, day';

describe('daily roll-ups', () => {
  it('are the sums of the hours, whatever changes them', () => {
    fc.assert(
      fc.property(fc.array(change, { maxLength: 40 }), (changes) => {
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
      }),
      { seed: 20, numRuns: 60 },
    );
  });

  it('replace only whole days, and give the same sums as the hours for any period', async () => {
    const db = openDatabase(':memory:');
    const first = FIRST_DAY * 24;
    for (let hour = first; hour < first + 96; hour += 1) {
      const increments = new RollupIncrements();
      increments.add(['s:bbc'], hour, { negative: 1, neutral: 0, positive: hour % 3, toneSum: hour % 7, toneSquares: 1 });
      addToRollups(db, increments);
    }
    const store = new SqliteReportStore(db, new ManualClock((FIRST_DAY + 4) * DAY));
    for (const [from, to] of [
      [0, 96],
      [5, 90],
      [24, 72],
      [23, 25],
      [30, 40],
    ] as const) {
      const period = { from: (first + from) * HOUR, to: (first + to) * HOUR };
      const [hours, coarse] = [
        (await store.hoursBy('source', {}, period)).get('bbc') ?? [],
        (await store.hoursBy('source', {}, period, { wholeDays: { cut: period.from } })).get('bbc') ?? [],
      ];
      expect(addCounts(coarse)).toEqual(addCounts(hours));
      expect(coarse.every(({ hour }) => hour >= first + from && hour < first + to)).toBe(true);
      expect(coarse.length).toBe(from === 0 ? 4 : from === 5 ? 19 + 2 + 18 : from === 24 ? 2 : hours.length);
      for (let cut = from; cut <= to; cut += 1) {
        const parted = (await store.hoursBy('source', {}, period, { wholeDays: { cut: (first + cut) * HOUR } })).get('bbc') ?? [];
        for (const isBefore of [true, false]) {
          const onThisSide = <Row extends { readonly hour: number }>(rows: readonly Row[]) => rows.filter(({ hour }) => hour < first + cut === isBefore);
          expect(addCounts(onThisSide(parted))).toEqual(addCounts(onThisSide(hours)));
        }
      }
    }
  });

  it('are compared with their hours by the check, and repaired', async () => {
    const db = openDatabase(':memory:');
    const { store, articles } = reportFixture(new ManualClock(NOW), db.retention, db);
    articles([seed(1), seed(2, { publishedAt: NOW - 3 * DAY })]);
    expect(await store.check()).toEqual([]);
    db.run('UPDATE daily_rollups SET negative = negative + 1, tone_sum = tone_sum - 5 WHERE scope = ?', 'all');
    db.run("DELETE FROM daily_rollups WHERE scope LIKE 's:%'");
    const found = await store.check();
    expect(found.length).toBeGreaterThanOrEqual(4);
    expect(found.every(({ of, hour }) => of === 'day' && hour % 24 === 0)).toBe(true);
    const [all] = found.filter(({ scope }) => scope === 'all');
    expect([all?.stored.negative, all?.stored.toneSum]).toEqual([(all?.expected.negative ?? 0) + 1, (all?.expected.toneSum ?? 0) - 5]);
    expect(await store.repair()).toBe(found.length);
    expect(await store.check()).toEqual([]);
    db.close();
  });

  it('agree with hours that the same repair corrects', async () => {
    const db = openDatabase(':memory:');
    const { store, articles } = reportFixture(new ManualClock(NOW), db.retention, db);
    articles([seed(1), seed(2)]);
    db.run("UPDATE rollups SET positive = positive + 7 WHERE scope = 'all'");
    db.run("UPDATE daily_rollups SET neutral = neutral + 1 WHERE scope = 'all'");
    await store.repair();
    expect(await store.check()).toEqual([]);
    db.close();
  });

  it('go with their last hour, stay with one that holds nothing, and miss none that holds nothing', async () => {
    const db = openDatabase(':memory:');
    const { store, articles } = reportFixture(new ManualClock(NOW), db.retention, db);
    articles([seed(1)]);
    const today = Math.floor(NOW / DAY);
    db.run("INSERT INTO daily_rollups VALUES ('s:hourless', ?, 1, 0, 0, 0, 0)", today);
    db.run("INSERT INTO rollups VALUES ('s:empty', ?, 0, 0, 0, 0, 0)", today * 24);
    db.run("UPDATE daily_rollups SET neutral = 1 WHERE scope = 's:empty'");
    expect(await store.repair()).toBe(2);
    expect(db.all<{ scope: string }>("SELECT scope FROM daily_rollups WHERE scope IN ('s:hourless', 's:empty')").map(({ scope }) => scope)).toEqual([
      's:empty',
    ]);
    db.run("DELETE FROM daily_rollups WHERE scope = 's:empty'");
    expect(await store.check()).toEqual([]);
    db.close();
  });
});
