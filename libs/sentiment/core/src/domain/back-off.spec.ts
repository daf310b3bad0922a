import { HOUR } from '@barometer/kernel';
import { isAvailable } from './back-off';

it('an article is free once its hold ends, or if a clock that was ahead set that end', () => {
  const now = 5 * HOUR;
  expect([now - 1, now, now + 1, now + HOUR, now + HOUR + 1].map((until) => isAvailable(until, now))).toEqual([true, true, false, false, true]);
});
