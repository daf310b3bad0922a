import { articleIdOf } from '@barometer/kernel';
import fc from 'fast-check';
import { keyAttributes, listSort, listSortBefore, tableDefinition, timeText } from './index';

const anId = fc.nat().map((number) => articleIdOf(String(number)));
const aTime = fc.nat({ max: 4_000_000_000_000 });

describe('sort keys of a list', () => {
  it('sort like times and ids', () => {
    fc.assert(
      fc.property(aTime, anId, aTime, anId, (time, id, otherTime, otherId) => {
        const isBefore = time < otherTime || (time === otherTime && id < otherId);
        expect(listSort(time, id) < listSort(otherTime, otherId)).toBe(isBefore);
      }),
    );
  });

  it('have a predecessor that includes all earlier keys, and not the key itself', () => {
    fc.assert(
      fc.property(aTime, anId, anId, fc.integer({ min: -1, max: 1 }), (time, id, otherId, step) => {
        const isBefore = step < 0 || (step === 0 && otherId < id);
        if (time + step >= 0) expect(listSort(time + step, otherId) <= listSortBefore(time, id)).toBe(isBefore);
      }),
    );
  });

  it('stay within thirteen digits', () => expect([timeText(-1), timeText(Infinity)]).toEqual(['0000000000000', '9999999999999']));
});

it('every key of the table and its indexes has a different name', () => {
  expect(new Set(keyAttributes()).size).toBe(2 + 2 * tableDefinition.indexes.length);
});
