import { sentimentWith } from '@barometer/events/testing';
import { HOUR, MINUTE } from '@barometer/kernel';
import type { LeasedArticle } from '../domain/article-text';
import { expiryIn, idOf, LEASE, leaseAt, NOW, type CreateScoreStoreHarness, type ScoreStoreHarness } from './score-store-harness';

/** What every `ScoreStore` promises of the pending index: leases, retries, failure and redrive. */
export function scoreStoreLeaseContract(create: CreateScoreStoreHarness): void {
  describe('leasing', () => {
    let store: ScoreStoreHarness;
    beforeEach(async () => {
      store = await create();
      for (const [index, name] of ['one', 'two', 'three'].entries()) {
        await store.probe.addArticle({
          id: idOf(name),
          title: `Title of ${name}`,
          summary: `Summary of ${name}`,
          publishedAt: NOW - index * HOUR,
          storedAt: NOW + index,
          sourceIds: ['a'],
        });
      }
    });
    afterEach(() => store.close());

    const lease = (now: number, limit?: number, maxReceives?: number) => store.scores.lease(leaseAt(now, limit, maxReceives));
    const leasedIds = async (now: number, limit?: number) => (await lease(now, limit)).map((article) => article.id);
    const leaseOne = async (now: number): Promise<LeasedArticle> => {
      const [leased] = await lease(now, 1);
      if (!leased) throw new Error('There was nothing to lease.');
      return leased;
    };
    const articleOf = async (name: string) => (await store.probe.articles()).find((article) => article.id === idOf(name));

    it('hands out the oldest first, with their text, up to the limit', async () => {
      const leased = await lease(NOW + MINUTE, 2);
      expect(leased).toEqual(
        ['one', 'two'].map((name) => ({
          id: idOf(name),
          title: `Title of ${name}`,
          summary: `Summary of ${name}`,
          token: expect.any(String),
          receives: 1,
        })),
      );
      expect(await leasedIds(NOW + MINUTE)).toEqual([idOf('three')]);
    });

    it('hands an article to no other scorer until the lease ends, and counts the receives', async () => {
      const first = await leaseOne(NOW + MINUTE);
      expect(await leasedIds(NOW + MINUTE + LEASE - 1)).not.toContain(first.id);
      const again = (await lease(NOW + MINUTE + LEASE)).find((article) => article.id === first.id);
      expect(again?.receives).toBe(2);
      expect(again?.token).not.toBe(first.token);
    });

    it('hands out what a clock that was ahead has leased or given back', async () => {
      const ahead = NOW + 8 * HOUR;
      const [first] = await lease(ahead, 1);
      expect(await leasedIds(NOW + MINUTE)).toContain(first?.id);
      const given = await leaseOne(ahead);
      await store.scores.giveBack(given, 'busy', ahead + MINUTE);
      expect(await leasedIds(NOW + 2 * MINUTE)).toContain(given.id);
    });

    it('fails an article that was received too often without an answer, and leases others in its place', async () => {
      for (let times = 0; times < 2; times += 1) await lease(NOW + times * LEASE, 1, 2);
      expect((await lease(NOW + 2 * LEASE, 2, 2)).map((article) => article.id)).toEqual(['two', 'three'].map(idOf));
      expect(await articleOf('one')).toMatchObject({ state: 'failed', receives: 2, reason: expect.stringContaining('2') });
    });

    it('hands out alone what was handed out before, so that a crash counts against no other', async () => {
      await lease(NOW + MINUTE, 2);
      const retried = NOW + MINUTE + LEASE;
      expect(await lease(retried)).toMatchObject([{ id: idOf('one'), receives: 2 }]);
      expect(await lease(retried)).toMatchObject([{ id: idOf('two'), receives: 2 }]);
      expect(await lease(retried)).toMatchObject([{ id: idOf('three'), receives: 1 }]);
    });

    it('accepts an article back for a later retry', async () => {
      const leased = await leaseOne(NOW + MINUTE);
      await store.scores.giveBack(leased, 'out of memory', NOW + HOUR);
      expect(await leasedIds(NOW + HOUR - 1)).toEqual(['two', 'three'].map(idOf));
      const [again] = await lease(NOW + HOUR, 1);
      expect([again?.id, again?.receives]).toEqual([leased.id, 2]);
    });

    it('accepts an article back as failed, with its reason', async () => {
      await store.scores.giveBack(await leaseOne(NOW + MINUTE), 'not a text');
      expect(await articleOf('one')).toMatchObject({ state: 'failed', reason: 'not a text' });
      expect(await leasedIds(NOW + HOUR)).toEqual(['two', 'three'].map(idOf));
    });

    it('ignores an article given back under a lost lease, or once it is scored', async () => {
      const lost = await leaseOne(NOW + MINUTE);
      const held = await leaseOne(NOW + MINUTE + LEASE);
      await store.scores.giveBack(lost, 'late');
      expect(await articleOf('one')).toMatchObject({ state: 'pending' });
      await store.scores.apply([{ articleId: held.id, sentiment: sentimentWith(0.2) }], NOW);
      await store.scores.giveBack(held, 'late');
      await store.scores.giveBack({ id: held.id }, 'late', NOW);
      expect(await articleOf('one')).toMatchObject({ state: 'scored' });
    });

    it('accepts back without a token what a queue has leased', async () => {
      await store.scores.giveBack({ id: idOf('two') }, 'not a text');
      expect(await articleOf('two')).toMatchObject({ state: 'failed' });
      await store.scores.giveBack({ id: idOf('unknown') }, 'not a text');
    });

    it('does not lease what has its score, or has expired', async () => {
      await store.scores.apply([{ articleId: idOf('one'), sentiment: sentimentWith(0.2) }], NOW);
      expect(await leasedIds(expiryIn(store) - 1)).toEqual([]);
      const fresh = Array.from(await lease(NOW + MINUTE), (article) => article.id);
      expect(fresh).toEqual(['two', 'three'].map(idOf));
    });

    it('scores under a lease that has ended: the answer counts, not the lease', async () => {
      const lost = await leaseOne(NOW + MINUTE);
      const held = await leaseOne(NOW + MINUTE + LEASE);
      expect(await store.scores.apply([{ articleId: lost.id, sentiment: sentimentWith(0.2) }], NOW + 2 * LEASE)).toHaveLength(1);
      expect(await store.scores.apply([{ articleId: held.id, sentiment: sentimentWith(-0.2) }], NOW + 2 * LEASE)).toHaveLength(0);
    });

    it('reads pending articles without a lease', async () => {
      await store.scores.apply([{ articleId: idOf('two'), sentiment: sentimentWith(0.2) }], NOW);
      const texts = await store.scores.pendingArticles(['three', 'two', 'one', 'unknown'].map(idOf));
      expect(texts).toEqual(['one', 'three'].map((name) => ({ id: idOf(name), title: `Title of ${name}`, summary: `Summary of ${name}`, receives: 0 })));
      expect(await store.scores.pendingArticles([])).toEqual([]);
      expect(await leasedIds(NOW + MINUTE)).toHaveLength(2);
    });

    it('counts an attempt before it is made, fails what had too many, and starts anew after a redrive', async () => {
      const attempt = (name: string) => store.scores.attempt(idOf(name), { now: NOW + MINUTE, maxReceives: 2 });
      expect([await attempt('one'), await attempt('one')]).toEqual([1, 2]);
      expect(await store.scores.pendingArticles([idOf('one'), idOf('two')])).toMatchObject([{ receives: 2 }, { receives: 0 }]);
      expect([await attempt('one'), await attempt('one'), await attempt('unknown')]).toEqual(['failed', 'gone', 'gone']);
      expect(await articleOf('one')).toMatchObject({ state: 'failed', receives: 2, reason: 'No answer from the scorer after 2 deliveries.' });
      await store.scores.redrive(NOW);
      expect(await attempt('one')).toBe(1);
      await store.scores.withdraw(idOf('one'));
      await store.scores.withdraw(idOf('one'));
      await store.scores.withdraw(idOf('unknown'));
      expect(await attempt('one')).toBe(1);
    });

    it('makes failed articles pending again with no receives: all, or those named', async () => {
      for (const article of await lease(NOW + MINUTE, 2)) await store.scores.giveBack(article, 'broken');
      expect(await store.scores.redrive(NOW, [idOf('two'), idOf('three'), idOf('unknown')])).toBe(1);
      expect(await articleOf('one')).toMatchObject({ state: 'failed' });
      expect(await store.scores.redrive(NOW)).toBe(1);
      expect(await store.scores.redrive(NOW)).toBe(0);
      expect(await articleOf('one')).toEqual(expect.not.objectContaining({ reason: expect.anything() }));
      expect((await lease(NOW + MINUTE)).map((article) => article.receives)).toEqual([1, 1, 1]);
    });

    it('reports the backlog', async () => {
      expect(await store.scores.backlog()).toEqual({ pending: 3, failed: 0, oldestPendingAt: NOW });
      await store.scores.giveBack({ id: idOf('one') }, 'broken');
      await store.scores.apply([{ articleId: idOf('two'), sentiment: sentimentWith(0.2) }], NOW);
      expect(await store.scores.backlog()).toEqual({ pending: 1, failed: 1, oldestPendingAt: NOW + 2 });
      await store.scores.giveBack({ id: idOf('three') }, 'broken');
      expect(await store.scores.backlog()).toEqual({ pending: 0, failed: 2 });
    });
  });
}
