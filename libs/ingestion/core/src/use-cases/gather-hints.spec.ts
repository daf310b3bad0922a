import { articleIdOf, ManualClock, SECOND } from '@barometer/kernel';
import { FakeQueue } from '../testing/fake-articles';
import { GatherHints } from './gather-hints';

const events = (from: number, count: number) =>
  Array.from({ length: count }, (_, index) => ({
    type: 'ArticleIngested' as const,
    version: 1 as const,
    articleId: articleIdOf(`${from + index}`),
    storedAt: from + index,
  }));

function setUp() {
  const [queue, clock] = [new FakeQueue(), new ManualClock(1_000)];
  return { queue, clock, hints: new GatherHints({ queue, clock }) };
}

it('holds hints until they are sent together, in order, and once', async () => {
  const { queue, hints } = setUp();
  await hints.send(events(0, 2));
  await hints.send(events(2, 3));
  expect(queue.sent).toEqual([]);
  await hints.flush();
  await hints.flush();
  expect(queue.sent).toEqual(events(0, 5));
});

it('sends when there are many, or when one has waited for five seconds', async () => {
  const { queue, clock, hints } = setUp();
  await hints.send(events(0, 31));
  expect(queue.sent).toHaveLength(0);
  await hints.send(events(31, 2));
  expect(queue.sent).toHaveLength(33);
  await hints.send(events(33, 1));
  clock.advance(5 * SECOND - 1);
  await hints.send(events(34, 1));
  expect(queue.sent).toHaveLength(33);
  clock.advance(1);
  await hints.send(events(35, 1));
  expect(queue.sent).toHaveLength(36);
});

it('drops hints that the queue has refused: the pending index has them', async () => {
  const { queue, hints } = setUp();
  queue.broken = true;
  await hints.send(events(0, 2));
  await expect(hints.flush()).rejects.toThrow('the queue is down');
  queue.broken = false;
  await hints.flush();
  expect(queue.sent).toEqual([]);
});
