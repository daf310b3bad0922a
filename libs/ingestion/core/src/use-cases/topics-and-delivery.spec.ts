import { DAY, ManualClock, MINUTE } from '@barometer/kernel';
import type { PendingArticle } from '../ports/pending-articles.port';
import { FakeQueue, FakeTopics } from '../testing/fake-articles';
import { BackfillTopics } from './backfill-topics.use-case';
import { DeliverPending } from './deliver-pending.use-case';

describe('DeliverPending', () => {
  const setUp = (waiting: readonly PendingArticle[]) => {
    const pending = { overdue: jest.fn(async () => waiting), markDelivered: jest.fn(async () => undefined) };
    const queue = new FakeQueue();
    return { pending, queue, deliver: new DeliverPending({ pending, queue, clock: new ManualClock(100 * MINUTE) }) };
  };

  it('sends what is overdue, records it, and reports the oldest age', async () => {
    const { deliver, pending, queue } = setUp([
      { id: 'a', storedAt: 70 * MINUTE },
      { id: 'b', storedAt: 80 * MINUTE },
    ]);
    expect(await deliver.execute({ overdueMs: 10 * MINUTE, limit: 7 })).toEqual({ sent: 2, oldestAgeMs: 30 * MINUTE });
    expect(pending.overdue).toHaveBeenCalledWith(90 * MINUTE, 7);
    expect(queue.sent.map(({ articleId, storedAt }) => [articleId, storedAt])).toEqual([
      ['a', 70 * MINUTE],
      ['b', 80 * MINUTE],
    ]);
    expect(pending.markDelivered).toHaveBeenCalledWith(['a', 'b'], 100 * MINUTE);
  });

  it('treats as overdue what has waited for five minutes, at most 500 at a time', async () => {
    const { deliver, pending } = setUp([]);
    await deliver.execute();
    expect(pending.overdue).toHaveBeenCalledWith(95 * MINUTE, 500);
  });

  it('records nothing that was not sent', async () => {
    const { deliver, pending, queue } = setUp([{ id: 'a', storedAt: 0 }]);
    queue.broken = true;
    await expect(deliver.execute()).rejects.toThrow('the queue is down');
    expect(pending.markDelivered).not.toHaveBeenCalled();
  });

  it('does nothing when nothing is overdue', async () => expect(await setUp([]).deliver.execute()).toEqual({ sent: 0 }));
});

describe('BackfillTopics', () => {
  const articles = Array.from({ length: 10 }, (_, index) => ({ articleId: `a${index}`, title: index % 3 === 0 ? 'Storm ahead' : 'Calm', summary: '' }));
  const rule = (topicId: string) => ({ topicId, version: 1, anyOf: ['storm'], allOf: [], noneOf: [] });
  const members = ['a0', 'a3', 'a6', 'a9'];

  it('matches in chunks, finishes, and then has nothing left to do', async () => {
    const topics = new FakeTopics([rule('storm')], articles);
    const backfill = new BackfillTopics({ topics, clock: new ManualClock(0) });
    expect(await backfill.execute({ chunkSize: 4 })).toEqual({ chunks: 3, matched: 4, finished: 1 });
    expect([topics.members, topics.finished]).toEqual([members, ['storm']]);
    expect(await backfill.execute()).toEqual({ chunks: 0, matched: 0, finished: 0 });
  });

  it('reads the last 30 days, 200 articles at a time', async () => {
    const topics = new FakeTopics([rule('storm')], articles);
    const candidates = jest.spyOn(topics, 'candidates');
    await new BackfillTopics({ topics, clock: new ManualClock(40 * DAY) }).execute();
    expect(candidates).toHaveBeenCalledWith(expect.objectContaining({ topicId: 'storm' }), 10 * DAY, 200);
  });

  it('stops after so many chunks and goes on from there', async () => {
    const topics = new FakeTopics([rule('storm'), rule('other')], articles);
    const backfill = new BackfillTopics({ topics, clock: new ManualClock(0) });
    expect(await backfill.execute({ chunkSize: 4, maxChunks: 2 })).toEqual({ chunks: 2, matched: 3, finished: 0 });
    expect(await backfill.execute({ chunkSize: 4, maxChunks: 1 })).toEqual({ chunks: 1, matched: 1, finished: 1 });
    expect([topics.members, topics.finished]).toEqual([members, ['storm']]);
  });
});
