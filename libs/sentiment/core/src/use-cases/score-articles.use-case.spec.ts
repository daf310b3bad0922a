import type { ArticleScored } from '@barometer/events';
import { ManualClock } from '@barometer/kernel';
import { retryDelay } from '../domain/back-off';
import { FakeStore, leased, PickyClassifier } from '../testing/scoring-fakes';
import { ScoreArticles } from './score-articles.use-case';

const now = 1_700_000_000_000;

function setUp(receives: Record<string, number>, poison: string[] = []) {
  const store = new FakeStore(Object.entries(receives).map(([title, count]) => leased(title, count)));
  const classifier = new PickyClassifier(poison);
  const heard: ArticleScored[] = [];
  const scorer = new ScoreArticles({ classifier, store, clock: new ManualClock(now), onScored: (events) => heard.push(...events), random: () => 0 });
  return { store, classifier, heard, scorer };
}

describe('ScoreArticles', () => {
  it('scores new articles in one batch and reports each', async () => {
    const { scorer, classifier, heard } = setUp({ one: 1, two: 1 });
    expect(await scorer.execute()).toEqual({ leased: 2, scored: 2, failed: 0, retried: 0 });
    expect(classifier.calls).toEqual([['one', 'two']]);
    expect(heard.map(({ articleId }) => articleId)).toEqual(['one', 'two']);
  });

  it('holds up to 64 articles for a minute, each at most five times', async () => {
    const { scorer, store } = setUp({});
    const lease = jest.spyOn(store, 'lease');
    await scorer.execute();
    expect(lease).toHaveBeenCalledWith({ now, limit: 64, leaseMs: 60_000, maxReceives: 5 });
  });

  it('scores alone what was handed out before', async () => {
    const { scorer, classifier } = setUp({ new: 1, again: 2, newer: 1 });
    await scorer.execute();
    expect(classifier.calls).toEqual([['new', 'newer'], ['again']]);
  });

  it('isolates a text that the model cannot process', async () => {
    const { scorer, store } = setUp({ one: 1, poison: 1, two: 1 }, ['poison']);
    expect(await scorer.execute()).toEqual({ leased: 3, scored: 2, failed: 0, retried: 1 });
    expect(store.scores).toEqual(['one', 'two']);
    expect(store.givenBack).toEqual([{ id: 'poison', reason: 'cannot bear "poison"', retryAt: now + retryDelay(1, () => 0) }]);
  });

  it('fails an article on its last receive, with the reason', async () => {
    const { scorer, store } = setUp({ poison: 5 }, ['poison']);
    expect(await scorer.execute()).toMatchObject({ failed: 1, retried: 0 });
    expect(store.givenBack).toEqual([{ id: 'poison', reason: 'cannot bear "poison"', retryAt: undefined }]);
  });

  it('does not count what another scorer has scored meanwhile', async () => {
    const { scorer, store, heard } = setUp({ one: 1, two: 1 });
    store.scores.push('one');
    expect(await scorer.execute()).toMatchObject({ leased: 2, scored: 1 });
    expect(heard).toHaveLength(1);
  });

  it('leases nothing while the model cannot be used', async () => {
    const { scorer, store, classifier } = setUp({ one: 1 });
    classifier.ready = () => Promise.reject(new Error('no model'));
    await expect(scorer.execute()).rejects.toThrow('no model');
    expect(store.leases).toBe(0);
  });

  it('passes on an outage of the store, and lets the leases expire', async () => {
    const { scorer, store } = setUp({ one: 1, two: 1 });
    store.outage = new Error('disk full');
    await expect(scorer.execute()).rejects.toThrow('disk full');
  });

  it('is not affected by a fault of its listener', async () => {
    const { store, classifier } = setUp({ one: 1 });
    const scorer = new ScoreArticles({
      classifier,
      store,
      clock: new ManualClock(now),
      onScored: () => {
        throw new Error('listener');
      },
    });
    expect(await scorer.execute()).toMatchObject({ scored: 1, retried: 0 });
    expect(classifier.calls).toHaveLength(1);
  });
});

describe('retryDelay', () => {
  it('doubles from ten seconds to a quarter of an hour', () => {
    expect([1, 2, 3, 20].map((receives) => retryDelay(receives, () => 0))).toEqual([10_000, 20_000, 40_000, 900_000]);
  });

  it('takes off up to a half at random', () => expect(retryDelay(1, () => 0.999_999)).toBeCloseTo(5_000, -1));
});
