import { sentimentWith } from '@barometer/events/testing';
import { DAY, HOUR, hourOf, scopeKey, STANDARD_RETENTION } from '@barometer/kernel';
import { articleNamed, expiryIn, idOf, NOW, type CreateIngestionHarness, type IngestionHarness } from './ingestion-harness';

const longer = { articles: 30 * DAY, rollups: 365 * DAY };

/** What an `ArticleStore` promises with a retention other than the default. */
export function retentionContract(name: string, create: CreateIngestionHarness): void {
  describe(`${name}: retention`, () => {
    let store: IngestionHarness;
    const open = async (...retention: Parameters<CreateIngestionHarness>) => (store = await create(...retention));
    afterEach(() => store.close());

    const scopes = async () => (await store.probe.rollups()).map(({ scope }) => scope);

    it('is as configured, 90 days by default', async () => {
      expect((await open()).articles.retention).toEqual(STANDARD_RETENTION);
      await store.close();
      expect((await open(longer)).articles.retention).toEqual(longer);
    });

    it('lets counts outlive the articles until their own time, to the hour', async () => {
      await open(longer);
      await store.articles.addAll([articleNamed('one')], NOW);
      await store.probe.score(idOf('one'), sentimentWith(0.5));
      expect(await store.articles.removeExpired(expiryIn(store) - 1)).toBe(0);
      expect(await store.articles.removeExpired(expiryIn(store))).toBe(1);
      expect(await scopes()).toEqual([scopeKey({}), scopeKey({ sourceId: 'a' })]);
      const countsEnd = hourOf(NOW) * HOUR + longer.rollups;
      await store.articles.removeExpired(countsEnd - 1);
      expect(await scopes()).toHaveLength(2);
      await store.articles.removeExpired(countsEnd);
      expect(await scopes()).toHaveLength(store.leavesCountsToTtl ? 2 : 0);
    });

    it('lets articles be imported into hours that are kept, and not into those whose counts outlived their articles', async () => {
      await open(longer);
      const first = (await store.articles.importableFrom(NOW)) * HOUR;
      expect(first).toBe((hourOf(NOW - longer.articles) + 1) * HOUR);
      await store.close();
      await open();
      expect(await store.articles.importableFrom(NOW)).toBe(hourOf(NOW) - 90 * 24 + 1);
    });

    it('moves the watermark when hours are marked as imported for the first time', async () => {
      await open();
      const before = await store.watermark();
      await store.articles.markImported(new Map([['a', [hourOf(NOW) - 30, hourOf(NOW)]]]));
      const after = await store.watermark();
      await store.articles.copyObserved(
        new Map([
          ['', [hourOf(NOW)]],
          ['a', [hourOf(NOW) - 30]],
        ]),
      );
      expect(new Set([before, after, await store.watermark()]).size).toBe(3);
    });
  });
}
