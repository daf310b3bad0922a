import type { ArticleScored } from '@barometer/events';
import { sentimentOf } from '@barometer/reporting/testing';
import { MemoryLiveFeed } from './memory-live-feed';

const event: ArticleScored = {
  type: 'ArticleScored',
  version: 1,
  articleId: 'a'.repeat(26),
  scoredAt: 1,
  sourceIds: [],
  topicIds: [],
  sentiment: sentimentOf(0),
};

describe('MemoryLiveFeed', () => {
  it('reaches those who listen at that time, and reports no empty batch', () => {
    const feed = new MemoryLiveFeed();
    const heard: string[] = [];
    const listen = (name: string) => feed.subscribe((events) => heard.push(`${name}${events.length}`));
    const [leave] = [listen('a'), listen('b')];
    feed.publish([event, event]);
    leave();
    leave();
    feed.publish([event]);
    feed.publish([]);
    expect(heard).toEqual(['a2', 'b2', 'b1']);
  });

  it('lets a listener leave during a call, and one that subscribed twice leave once', () => {
    const feed = new MemoryLiveFeed();
    const hear = jest.fn(() => leave());
    const leave = feed.subscribe(hear);
    feed.subscribe(hear);
    feed.publish([event]);
    feed.publish([event]);
    expect(hear).toHaveBeenCalledTimes(3);
  });

  it('sends a batch only to those who listened when it came', () => {
    const feed = new MemoryLiveFeed();
    const late = jest.fn();
    feed.subscribe(() => void feed.subscribe(late));
    feed.publish([event]);
    expect(late).not.toHaveBeenCalled();
  });

  it('continues when a listener throws', () => {
    const [onError, hear] = [jest.fn(), jest.fn()];
    const feed = new MemoryLiveFeed(onError);
    feed.subscribe(() => {
      throw new Error('closed');
    });
    feed.subscribe(hear);
    feed.publish([event]);
    expect([onError.mock.calls.length, hear.mock.calls.length]).toEqual([1, 1]);
  });
});
