import { MemoryScoringQueue } from './index';

describe('MemoryScoringQueue', () => {
  const event = { type: 'ArticleIngested', version: 1, articleId: 'a'.repeat(26), storedAt: 1 } as const;

  it('passes every batch to the present listeners', async () => {
    const queue = new MemoryScoringQueue();
    const seen: string[] = [];
    const stop = queue.subscribe((events) => seen.push(...events.map((one) => one.articleId)));
    await queue.send([event, event]);
    stop();
    await queue.send([event]);
    expect(seen).toEqual([event.articleId, event.articleId]);
  });
});
