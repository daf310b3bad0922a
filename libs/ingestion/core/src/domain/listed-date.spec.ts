import { MINUTE } from '@barometer/kernel';
import { countingDate } from './listed-date';

const now = Date.UTC(2026, 0, 15);
const first = Date.UTC(1995, 0, 1);

it.each([
  [first, first],
  [first - 1, undefined],
  [now + 10 * MINUTE, now + 10 * MINUTE],
  [now + 10 * MINUTE + 1, undefined],
  [Number.NaN, undefined],
  [undefined, undefined],
])('the date %s counts as %s', (date, counts) => expect(countingDate(date, now)).toBe(counts));
