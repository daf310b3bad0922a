import { DAY, HOUR, hourOf } from '@barometer/kernel';
import { begin, NOW, seed, type MakeReportStore } from './seeds';

const longer = { articles: 30 * DAY, rollups: 365 * DAY };
const always = { from: 0, to: NOW + HOUR };

/** What every `ReportStore` promises about retention, and about imported hours. */
export function retentionContract(make: MakeReportStore): void {
  describe('what is kept', () => {
    it('is still counted after its articles have expired', async () => {
      const { store, articles, observed, imported, clock } = begin(make, longer);
      const old = seed('old', { publishedAt: NOW - longer.articles + HOUR });
      articles([old]);
      observed('wire', hourOf(old.publishedAt));
      imported('wire', hourOf(old.publishedAt));
      clock.advance(HOUR);
      expect([
        await store.article(old.id),
        (await store.articles({ limit: 5 })).items,
        await store.modelChanges(always),
        (await store.status()).scored,
      ]).toEqual([undefined, [], [], 0]);
      expect(await store.hours({ sourceId: 'wire' }, always)).toMatchObject([{ hour: hourOf(old.publishedAt) }]);
      expect([await store.observedHours(undefined, always), await store.importedHours(['wire'], always)]).toEqual([
        [hourOf(old.publishedAt)],
        [hourOf(old.publishedAt)],
      ]);
      clock.advance(longer.rollups - longer.articles);
      expect([await store.hours({}, always), await store.observedHours(undefined, always), await store.importedHours(undefined, always)]).toEqual([[], [], []]);
    });

    it('is checked as far back as there are articles', async () => {
      const { store, articles, spoil, clock } = begin(make, longer);
      const old = seed('old', { publishedAt: NOW - longer.articles + HOUR });
      articles([old]);
      expect([await store.checkedFrom(), await store.check()]).toEqual([hourOf(old.publishedAt), []]);
      spoil('all', hourOf(old.publishedAt));
      expect(await store.check()).toHaveLength(1);
      clock.advance(HOUR);
      expect([await store.checkedFrom(), await store.check(), await store.repair()]).toEqual([hourOf(old.publishedAt) + 1, [], 0]);
      expect(await store.hours({}, always)).toMatchObject([{ positive: 1, neutral: 1 }]);
    });

    it('includes the imported hours, by source and for all, separate from observed ones', async () => {
      const { store, observed, imported } = begin(make);
      const hour = hourOf(NOW);
      observed('wire', hour - 1);
      imported('wire', hour - 30);
      imported('post', hour - 3);
      expect(await store.importedHours(undefined, always)).toEqual([hour - 30, hour - 3]);
      expect(await store.importedHours(['post'], always)).toEqual([hour - 3]);
      expect(await store.importedHours(['wire'], { from: NOW - 3 * HOUR, to: NOW })).toEqual([]);
      expect(await store.observedHours(undefined, always)).toEqual([hour - 1]);
    });
  });
}
