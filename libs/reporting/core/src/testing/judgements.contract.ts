import { HOUR, hourOf } from '@barometer/kernel';
import type { ArticleView } from '../domain/report';
import type { ReportStore } from '../ports/report-store.port';
import { begin, NOW, seed, sentimentOf, type MakeReportStore, type SeedArticle } from './seeds';

/** An article judged "negative" by a reader, with this tone from the model. */
const judged = (name: string | number, modelTone: number, more: Partial<SeedArticle> = {}): SeedArticle =>
  seed(name, { sentiment: sentimentOf(-0.82), judgement: { label: 'negative', at: NOW }, modelSentiment: sentimentOf(modelTone), ...more });

async function walkJudged(store: ReportStore, limit: number): Promise<ArticleView[]> {
  const found: ArticleView[] = [];
  let cursor: string | undefined;
  do {
    const page = await store.judged({ limit, ...(cursor !== undefined && { cursor }) });
    found.push(...page.items);
    cursor = page.cursor;
  } while (cursor !== undefined);
  return found;
}

/** What every `ReportStore` promises about readers' judgements. */
export function judgementsContract(make: MakeReportStore): void {
  describe('judgements', () => {
    it('are shown with the article: what counts, what the reader said, what the model says', async () => {
      const { store, articles } = begin(make);
      const one = judged(0, 0.5);
      articles([one, seed(1)]);
      expect(await store.article(one.id)).toMatchObject({
        sentiment: { label: 'negative', tone: -0.82 },
        judgement: { label: 'negative', at: NOW },
        modelSentiment: sentimentOf(0.5),
      });
      const other = await store.article(seed(1).id);
      expect([other?.judgement, other?.modelSentiment]).toEqual([undefined, undefined]);
      expect((await store.articles({ limit: 5, label: 'negative' })).items.map(({ id }) => id)).toEqual([one.id]);
    });

    it('are listed newest article first, page by page, without expired ones', async () => {
      const { store, articles, clock } = begin(make);
      const old = judged('old', 0.5, { publishedAt: NOW - store.retention.articles + HOUR });
      articles([
        seed(0),
        judged(1, -0.9),
        judged(2, 0),
        seed(3),
        judged(4, 0.9),
        judged('a', 0, { publishedAt: NOW - HOUR }),
        judged('b', 0, { publishedAt: NOW - HOUR }),
        old,
      ]);
      const all = await walkJudged(store, 2);
      expect(all).toEqual(await walkJudged(store, 100));
      expect(all.map(({ id }) => id).slice(2)).toEqual([judged(1, 0), judged(2, 0), judged(4, 0), old].map(({ id }) => id));
      expect(new Set(all.map(({ id }) => id)).size).toBe(6);
      clock.advance(HOUR);
      expect(await walkJudged(store, 2)).toHaveLength(5);
      await expect(store.judged({ limit: 2, cursor: 'nonsense' })).rejects.toThrow('The cursor is not one that this list gave out');
    });

    it('are counted, with the number on which the model agrees', async () => {
      const { store, articles, clock } = begin(make);
      expect((await store.status()).judgements).toEqual({ judged: 0, agreed: 0 });
      articles([seed(0), judged(1, -0.9), judged(2, 0), judged(3, 0.9), judged('old', -0.9, { publishedAt: NOW - store.retention.articles + HOUR })]);
      expect((await store.status()).judgements).toEqual({ judged: 4, agreed: 2 });
      clock.advance(HOUR);
      expect((await store.status()).judgements).toEqual({ judged: 3, agreed: 1 });
    });

    it('are what the check counts, and what a repair restores', async () => {
      const { store, articles, spoil } = begin(make);
      articles([judged(0, 0.9)]);
      expect(await store.check()).toEqual([]);
      spoil('all', hourOf(NOW) - 1);
      expect(await store.check()).toMatchObject([{ scope: 'all', expected: { negative: 1, positive: 0, toneSum: -820_000 } }]);
      expect([await store.repair(), await store.check()]).toEqual([1, []]);
    });
  });
}
