import { sentimentWith } from '@barometer/events/testing';
import { MINUTE } from '@barometer/kernel';
import { articleNamed, idOf, NOW, type CreateIngestionHarness, type IngestionHarness } from './ingestion-harness';

/** What every `PendingArticles` promises. */
export function pendingArticlesContract(name: string, create: CreateIngestionHarness): void {
  describe(`${name}: pending articles`, () => {
    let store: IngestionHarness;
    beforeEach(async () => {
      store = await create();
      await store.articles.addAll([articleNamed('first')], NOW);
      await store.articles.addAll([articleNamed('second'), articleNamed('skipped', { status: { state: 'skipped', reason: 'too-short' } })], NOW + MINUTE);
      await store.articles.addAll([articleNamed('third')], NOW + 2 * MINUTE);
    });
    afterEach(() => store.close());

    const overdue = async (before: number, limit = 10) => (await store.pending.overdue(before, limit)).map((article) => article.id);

    it('knows an article as soon as it is stored, and since when', async () => {
      expect(await store.pending.overdue(NOW + 1, 10)).toEqual([{ id: idOf('first'), storedAt: NOW }]);
    });

    it('lists what was stored before a time, oldest first, up to the limit', async () => {
      expect(await overdue(NOW)).toEqual([]);
      expect(await overdue(NOW + 3 * MINUTE)).toEqual(['first', 'second', 'third'].map(idOf));
      expect(await overdue(NOW + 3 * MINUTE, 2)).toEqual(['first', 'second'].map(idOf));
    });

    it('uses the time of a later delivery instead', async () => {
      await store.pending.markDelivered([idOf('first'), idOf('third'), idOf('unknown')], NOW + 10 * MINUTE);
      expect(await overdue(NOW + 5 * MINUTE)).toEqual([idOf('second')]);
      expect(await overdue(NOW + 11 * MINUTE)).toEqual(['first', 'second', 'third'].map(idOf));
    });

    it('drops an article once it has its score', async () => {
      await store.probe.score(idOf('first'), sentimentWith(0.1));
      expect(await overdue(NOW + 3 * MINUTE)).toEqual(['second', 'third'].map(idOf));
    });
  });
}
