import { ManualClock } from '@barometer/kernel';
import type { WaitingArticle } from '../domain/article-text';
import { FakeStore, PickyClassifier } from '../testing/scoring-fakes';
import { ScoreDeliveries, type Delivery } from './score-deliveries.use-case';

/** Knows the texts of these articles; an article's title is its id. */
class FakeQueueStore extends FakeStore {
  availableAt = 0;

  constructor(private readonly pending: readonly string[]) {
    super([]);
  }

  override async pendingArticles(ids: readonly string[] = []): Promise<never[]> {
    if (this.outage) throw this.outage;
    const waiting: WaitingArticle[] = ids.filter((id) => this.pending.includes(id)).map((id) => ({ id, title: id, summary: '', availableAt: this.availableAt }));
    return waiting as never[];
  }
}

function setUp({ poison = [] as string[], pending = ['a', 'b', 'c', 'poison'] } = {}) {
  const store = new FakeQueueStore(pending);
  const classifier = new PickyClassifier(poison);
  return { store, classifier, score: new ScoreDeliveries({ classifier, store, clock: new ManualClock(0) }) };
}

const deliveries = (receives: Record<string, number>): Delivery[] => Object.entries(receives).map(([articleId, count]) => ({ articleId, receives: count, sentAt: 1_000 }));

describe('ScoreDeliveries', () => {
  it('scores what is new in one batch', async () => {
    const { score, classifier } = setUp();
    expect(await score.execute(deliveries({ a: 1, b: 1 }))).toEqual({ scored: 2, failed: 0, known: 0, retry: [] });
    expect(classifier.calls).toEqual([['a', 'b']]);
  });

  it('scores an article once that is in the batch twice', async () => {
    const { score, classifier } = setUp();
    expect(await score.execute([...deliveries({ a: 1 }), ...deliveries({ a: 1 })])).toMatchObject({ scored: 1, retry: [] });
    expect(classifier.calls).toEqual([['a']]);
  });

  it('takes for done what waits no longer, or is scored meanwhile', async () => {
    const { score, store } = setUp();
    store.scores.push('b');
    expect(await score.execute(deliveries({ gone: 1, a: 1, b: 1 }))).toEqual({ scored: 1, failed: 0, known: 2, retry: [] });
  });

  it('scores what was received before by itself', async () => {
    const { score, classifier } = setUp();
    await score.execute(deliveries({ a: 2, b: 1, c: 2 }));
    expect(classifier.calls).toEqual([['b'], ['a'], ['c']]);
  });

  it('turns the order at every other receive, so that a crash keeps nothing from being tried', async () => {
    const { score, classifier } = setUp();
    await score.execute(deliveries({ a: 3, b: 3, c: 3 }));
    expect(classifier.calls).toEqual([['c'], ['b'], ['a']]);
  });

  it('tries first what is closest to its last receive', async () => {
    const { score, classifier } = setUp();
    await score.execute(deliveries({ a: 2, b: 4, c: 3 }));
    expect(classifier.calls).toEqual([['b'], ['c'], ['a']]);
  });

  it('lets a text that the model cannot bear hurt only itself', async () => {
    const { score, store } = setUp({ poison: ['poison'] });
    const poison = { articleId: 'poison', receives: 1, sentAt: 1_000 };
    expect(await score.execute([...deliveries({ a: 1 }), poison, ...deliveries({ b: 1 })])).toEqual({ scored: 2, failed: 0, known: 0, retry: [poison] });
    expect(store.givenBack).toEqual([]);
  });

  it('fails an article on its last receive, with the reason', async () => {
    const { score, store } = setUp({ poison: ['poison'] });
    expect(await score.execute(deliveries({ poison: 5 }))).toEqual({ scored: 0, failed: 1, known: 0, retry: [] });
    expect(store.givenBack).toEqual([{ id: 'poison', reason: 'cannot bear "poison"', retryAt: undefined }]);
  });

  it('fails untried what comes back after its last receive, before anything else is tried', async () => {
    const { score, store, classifier } = setUp();
    expect(await score.execute(deliveries({ a: 2, poison: 6 }))).toMatchObject({ scored: 1, failed: 1, retry: [] });
    expect(classifier.calls).toEqual([['a']]);
    expect(store.givenBack).toEqual([expect.objectContaining({ id: 'poison', reason: expect.stringContaining('5') })]);
  });

  it('is done with a message from before a redrive, however often it was received, and counts only those since', async () => {
    const { score, store, classifier } = setUp();
    store.availableAt = 2_000;
    const [stale, fresh] = [deliveries({ a: 6, b: 5 }), [{ articleId: 'b', receives: 1, sentAt: 2_000 }]];
    expect(await score.execute([...stale, ...fresh])).toEqual({ scored: 1, failed: 0, known: 1, retry: [] });
    expect([classifier.calls, store.givenBack]).toEqual([[['b']], []]);
  });

  it('gives everything back that an outage of the store kept from being stored', async () => {
    const { score, store } = setUp();
    store.outage = new Error('table gone');
    const all = deliveries({ a: 5, b: 1 });
    expect(await score.execute(all)).toEqual({ scored: 0, failed: 0, known: 0, retry: all, outage: store.outage });
  });

  it('counts no outage against an article, not even on its last receive', async () => {
    const { score, store } = setUp();
    jest.spyOn(store, 'apply').mockRejectedValue(new Error('throttled'));
    const last = deliveries({ a: 5 });
    expect(await score.execute(last)).toMatchObject({ failed: 0, retry: last });
    expect(store.givenBack).toEqual([]);
  });

  it('tries nothing while the model cannot be used', async () => {
    const { score, classifier } = setUp();
    classifier.ready = () => Promise.reject(new Error('no model'));
    await expect(score.execute(deliveries({ a: 1 }))).rejects.toThrow('no model');
  });
});
