import { MemoryScoringQueue } from './index';

describe('MemoryScoringQueue', () => {
  const event = { type: 'ArticleIngested', version: 1, articleId: 'a'.repeat(26), storedAt: 1 } as const;

  it('hands every batch to whoever listens at that time', async () => {
    const queue = new MemoryScoringQueue();
    const seen: string[] = [];
    const stop = queue.subscribe((events) => seen.push(...events.map((one) => one.articleId)));
    await queue.send([event, event]);
    stop();
    await queue.send([event]);
    expect(seen).toEqual([event.articleId, event.articleId]);
  });
});
