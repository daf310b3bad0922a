import { DAY, HOUR, ManualClock } from '@barometer/kernel';
import { exampleSource, FakeSources } from '../testing/fake-sources';
import { RemoveExpired } from './remove-expired.use-case';

const NOW = Date.UTC(2026, 0, 15, 12);
const polledAt = (lastPolledAt: number, id = 'a') =>
  exampleSource({ id, url: `https://${id}.example/rss`, health: { ...exampleSource().health, lastPolledAt } });

async function removedAt(now: number, ...sources: ReturnType<typeof polledAt>[]): Promise<number | undefined> {
  const removeExpired = jest.fn(async () => 3);
  await new RemoveExpired({ articles: { removeExpired }, sources: new FakeSources(...sources), clock: new ManualClock(now) }).execute();
  return (removeExpired.mock.calls as unknown as number[][])[0]?.[0];
}

it('removes two days late, so that a clock that is some hours ahead removes nothing', async () => {
  expect(await removedAt(NOW + 8 * HOUR, polledAt(NOW))).toBe(NOW + 8 * HOUR - 2 * DAY);
});

it.each([
  ['ahead', 400 * DAY],
  ['behind', -400 * DAY],
  ['as after a long sleep', 30 * DAY],
])('removes nothing while the clock is far %s, until sources were polled again', async (_how, jump) => {
  expect(await removedAt(NOW + jump, polledAt(NOW), polledAt(NOW - DAY, 'b'))).toBeUndefined();
  expect(await removedAt(NOW + jump, polledAt(NOW), polledAt(NOW + jump, 'b'))).toBe(NOW + jump - 2 * DAY);
});

it('removes where there is no source left, or none was ever polled', async () => {
  expect(await removedAt(NOW)).toBe(NOW - 2 * DAY);
});
