import { resourceBackOff } from './back-off';

it('a resource is read again after two seconds, then twice as long after each further error up to thirty, and from two seconds again after a success', () => {
  const backOff = resourceBackOff();
  expect(Array.from({ length: 6 }, () => backOff.failed())).toEqual([2_000, 4_000, 8_000, 16_000, 30_000, 30_000]);
  expect(backOff.hasFailed).toBe(true);
  backOff.succeeded();
  expect([backOff.hasFailed, backOff.failed()]).toEqual([false, 2_000]);
});
