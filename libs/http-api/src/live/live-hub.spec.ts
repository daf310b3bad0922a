import type { ArticleScored } from '@barometer/events';
import { ManualClock } from '@barometer/kernel';
import type { PassThrough } from 'node:stream';
import { liveBatchSchema, liveByeSchema, liveHelloSchema } from '../contract';
import { FakeLiveFeed } from '../testing/fake-dependencies';
import { NOW, sentiment } from '../testing/fake-store';
import { LiveHub } from './live-hub';

const hello = { at: new Date(NOW).toISOString(), version: '1.2.3', sample: false };
const limits = { listeners: 2, batchMs: 1_000, heartbeatMs: 15_000, lifetimeMs: 60_000 };

const scored = (count: number): ArticleScored[] =>
  Array.from({ length: count }, () => ({
    type: 'ArticleScored',
    version: 1,
    articleId: 'a'.repeat(26),
    scoredAt: NOW,
    sourceIds: ['daily'],
    topicIds: [],
    sentiment: sentiment(0.5),
  }));

describe('LiveHub', () => {
  let clock: ManualClock;
  let feed: FakeLiveFeed;
  let hub: LiveHub;

  beforeEach(() => {
    jest.useFakeTimers();
    clock = new ManualClock(NOW);
    feed = new FakeLiveFeed();
    hub = new LiveHub(feed, clock, limits);
  });
  afterEach(async () => {
    const closed = hub.close();
    jest.advanceTimersByTime(2_000);
    await closed;
    jest.useRealTimers();
  });

  const pass = (seconds: number) => {
    for (let second = 0; second < seconds; second += 1) {
      clock.advance(1_000);
      jest.advanceTimersByTime(1_000);
    }
  };
  const readAll = (stream: PassThrough): string => String(stream.read() ?? '');
  const events = (text: string) => [...text.matchAll(/event: (\w+)\ndata: (.*)\n\n/g)].map(([, name, data]) => ({ name, data: JSON.parse(data ?? '') }));

  it('greets a new listener', () => {
    const text = readAll(hub.open(hello));
    expect(text).toMatch(/^retry: 2000\n/);
    expect(events(text)).toEqual([{ name: 'hello', data: liveHelloSchema.parse(hello) }]);
  });

  it('sends everything scored within one second as one batch', () => {
    const stream = hub.open(hello);
    feed.publish(scored(2));
    feed.publish(scored(1));
    expect(events(readAll(stream))).toHaveLength(1);
    pass(1);
    const text = readAll(stream);
    expect(text).toMatch(/^id: 1\n/);
    const batch = liveBatchSchema.parse(events(text)[0]?.data);
    expect([batch.items.length, batch.dropped, batch.items[0]?.scoredAt]).toEqual([3, 0, '2026-11-23T10:20:00.000Z']);
    pass(5);
    expect(readAll(stream)).toBe('');
  });

  it('names a hundred articles of a busy second and counts the rest', () => {
    const stream = hub.open(hello);
    feed.publish(scored(70));
    feed.publish(scored(70));
    pass(1);
    const batch = liveBatchSchema.parse(events(readAll(stream))[1]?.data);
    expect([batch.items.length, batch.dropped]).toEqual([100, 40]);
  });

  it('keeps nothing while there are no listeners', () => {
    feed.publish(scored(5));
    const stream = hub.open(hello);
    pass(1);
    expect(events(readAll(stream)).map(({ name }) => name)).toEqual(['hello']);
  });

  it('sends a comment after a long silence', () => {
    const stream = hub.open(hello);
    readAll(stream);
    pass(16);
    expect(readAll(stream)).toContain(': still here\n\n');
  });

  it('limits the number of listeners, and forgets those that left', () => {
    const first = hub.open(hello);
    hub.open(hello);
    expect(hub.full).toBe(true);
    first.emit('close');
    expect(hub.full).toBe(false);
  });

  it('lets a listener that does not read miss batches, and finally cuts it off', () => {
    const stream = hub.open(hello);
    for (let second = 0; second < 29; second += 1) {
      feed.publish(scored(100));
      pass(1);
    }
    expect(stream.writableNeedDrain).toBe(true);
    expect(stream.writableLength + stream.readableLength).toBeLessThan(300_000);
    expect(stream.destroyed).toBe(false);
    for (let second = 0; second < 10; second += 1) {
      feed.publish(scored(1));
      pass(1);
    }
    expect(stream.destroyed).toBe(true);
  });

  it('does not wait for those that never read when it closes', async () => {
    const stream = hub.open(hello);
    const closed = hub.close();
    jest.advanceTimersByTime(1_000);
    await closed;
    expect(stream.destroyed).toBe(true);
  });

  it('ends a stream of a certain age, and all of them when it closes', async () => {
    const old = hub.open(hello);
    pass(59);
    const young = hub.open(hello);
    pass(1);
    expect(liveByeSchema.parse(events(readAll(old)).at(-1)?.data).reason).toContain('age');
    const closed = hub.close();
    expect(events(readAll(young)).at(-1)).toEqual({ name: 'bye', data: { reason: 'The server is stopping.', retryMs: 2_000 } });
    expect([old.writableEnded, young.writableEnded, feed.listeners.size]).toEqual([true, true, 0]);
    young.resume();
    await closed;
  });
});
