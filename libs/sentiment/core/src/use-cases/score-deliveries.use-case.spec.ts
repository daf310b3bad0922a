import { ManualClock } from '@barometer/kernel';
import type { WaitingArticle } from '../domain/article-text';
import { FakeStore, PickyClassifier } from '../testing/scoring-fakes';
import { ScoreDeliveries, type Delivery } from './score-deliveries.use-case';

const ATTEMPTS = 5;

/** Knows how often each article was tried; an article's title is its id. */
class FakeQueueStore extends FakeStore {
  constructor(readonly receives: Map<string, number>) {
    super([]);
  }

  override async pendingArticles(ids: readonly string[] = []): Promise<never[]> {
    if (this.outage) throw this.outage;
    const waiting: WaitingArticle[] = ids
      .filter((id) => this.receives.has(id))
      .map((id) => ({ id, title: id, summary: '', receives: this.receives.get(id) ?? 0 }));
    return waiting as never[];
  }

  override async attempt(id = ''): Promise<number | 'failed' | 'gone'> {
    const receives = this.receives.get(id);
    if (receives === undefined) return 'gone';
    if (receives >= ATTEMPTS) return 'failed';
    this.receives.set(id, receives + 1);
    return receives + 1;
  }

  override async withdraw(id = ''): Promise<void> {
    this.receives.set(id, (this.receives.get(id) ?? 0) - 1);
  }
}

/** `tried` gives the earlier attempts of articles; all others have none. */
function setUp({ poison = [] as string[], tried = {} as Record<string, number> } = {}) {
  const store = new FakeQueueStore(new Map(Object.entries({ a: 0, b: 0, c: 0, poison: 0, ...tried })));
  const classifier = new PickyClassifier(poison);
  return { store, classifier, score: new ScoreDeliveries({ classifier, store, clock: new ManualClock(0), maxReceives: ATTEMPTS }) };
}

const deliveries = (receives: Record<string, number>): Delivery[] => Object.entries(receives).map(([articleId, count]) => ({ articleId, receives: count }));

describe('ScoreDeliveries', () => {
  it('scores new articles in one batch', async () => {
    const { score, classifier } = setUp();
    expect(await score.execute(deliveries({ a: 1, b: 1 }))).toEqual({ scored: 2, failed: 0, known: 0, retry: [] });
    expect(classifier.calls).toEqual([['a', 'b']]);
  });

  it('scores an article once if it is in the batch twice', async () => {
    const { score, classifier } = setUp();
    expect(await score.execute([...deliveries({ a: 1 }), ...deliveries({ a: 1 })])).toMatchObject({ scored: 1, retry: [] });
    expect(classifier.calls).toEqual([['a']]);
  });

  it('treats as done what is no longer pending or was scored meanwhile', async () => {
    const { score, store } = setUp();
    store.scores.push('b');
    expect(await score.execute(deliveries({ gone: 1, a: 1, b: 1 }))).toEqual({ scored: 1, failed: 0, known: 2, retry: [] });
  });

  it('scores alone what was received or tried before, in order of attempts', async () => {
    const { score, classifier, store } = setUp({ tried: { a: 3, c: 1 } });
    await score.execute(deliveries({ a: 1, b: 1, c: 2, poison: 2 }));
    expect(classifier.calls).toEqual([['b'], ['poison'], ['c'], ['a']]);
    expect(Object.fromEntries(store.receives)).toEqual({ a: 4, b: 0, c: 2, poison: 1 });
  });

  it('counts an attempt before it is made, against that article alone', async () => {
    const { score, classifier, store } = setUp();
    classifier.classify = ([text]) => Promise.reject(new Error(`${text}: ${JSON.stringify(Object.fromEntries(store.receives))}`));
    const giveBack = jest.spyOn(store, 'giveBack');
    store.receives.set('a', ATTEMPTS - 1);
    await score.execute(deliveries({ a: 9, b: 9 }));
    expect(giveBack).toHaveBeenCalledWith(expect.objectContaining({ id: 'a' }), 'a: {"a":5,"b":1,"c":0,"poison":0}');
  });

  it('isolates a text that the model cannot process', async () => {
    const { score, store } = setUp({ poison: ['poison'] });
    const poison = { articleId: 'poison', receives: 1, sentAt: 1_000 };
    expect(await score.execute([...deliveries({ a: 1 }), poison, ...deliveries({ b: 1 })])).toEqual({ scored: 2, failed: 0, known: 0, retry: [poison] });
    expect(store.givenBack).toEqual([]);
  });

  it('fails an article on its last attempt, with the reason', async () => {
    const { score, store } = setUp({ poison: ['poison'], tried: { poison: ATTEMPTS - 1 } });
    expect(await score.execute(deliveries({ poison: 2 }))).toEqual({ scored: 0, failed: 1, known: 0, retry: [] });
    expect(store.givenBack).toEqual([{ id: 'poison', reason: 'cannot bear "poison"', retryAt: undefined }]);
  });

  it('fails articles without an attempt left, before anything else is tried', async () => {
    const { score, store, classifier } = setUp({ tried: { poison: ATTEMPTS } });
    const order: unknown[] = [];
    const attempt = store.attempt.bind(store);
    store.attempt = (id) => (order.push(id), attempt(id));
    const classify = classifier.classify.bind(classifier);
    classifier.classify = (texts) => (order.push(texts), classify(texts));
    expect(await score.execute(deliveries({ a: 1, poison: 7 }))).toMatchObject({ scored: 1, failed: 1, retry: [] });
    expect(order).toEqual(['poison', ['a']]);
  });

  it("does not count a message's receives against an article", async () => {
    const { score } = setUp({ poison: ['poison'] });
    const stale = deliveries({ poison: 7 });
    expect(await score.execute(stale)).toEqual({ scored: 0, failed: 0, known: 0, retry: stale });
  });

  it('gives back everything that an outage of the store kept from being stored', async () => {
    const { score, store } = setUp();
    store.outage = new Error('table gone');
    const all = deliveries({ a: 5, b: 1 });
    expect(await score.execute(all)).toEqual({ scored: 0, failed: 0, known: 0, retry: all, outage: store.outage });
  });

  it('counts no outage against an article, not even on its last attempt', async () => {
    const { score, store } = setUp({ tried: { a: ATTEMPTS - 1 } });
    jest.spyOn(store, 'apply').mockRejectedValue(new Error('throttled'));
    const last = deliveries({ a: 5 });
    expect(await score.execute(last)).toMatchObject({ failed: 0, retry: last });
    expect([store.givenBack, store.receives.get('a')]).toEqual([[], ATTEMPTS - 1]);
  });

  it('tries nothing while the model cannot be used', async () => {
    const { score, classifier } = setUp();
    classifier.ready = () => Promise.reject(new Error('no model'));
    await expect(score.execute(deliveries({ a: 1 }))).rejects.toThrow('no model');
  });

  it('tries an article five times by default', async () => {
    const { store, classifier } = setUp({ tried: { a: 1 } });
    const attempt = jest.spyOn(store, 'attempt') as jest.SpyInstance;
    await new ScoreDeliveries({ classifier, store, clock: new ManualClock(0) }).execute(deliveries({ a: 2 }));
    expect(attempt).toHaveBeenCalledWith('a', { now: 0, maxReceives: 5 });
  });
});
