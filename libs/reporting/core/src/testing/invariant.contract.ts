import fc from 'fast-check';
import { HOUR, hourOf } from '@barometer/kernel';
import { noCounts } from '../domain/figures';
import { begin, NOW, seed, type MakeReportStore } from './seeds';

const hour = hourOf(NOW);
const topics = [
  { topicId: 'gas', version: 2 },
  { topicId: 'gas', version: 3 },
];

/** What the check of the roll-ups promises. */
export function invariantContract(make: MakeReportStore): void {
  describe('the invariant', () => {
    it('holds for any tones, sources and versions of topics', async () => {
      const tone = fc.oneof(
        fc.integer({ min: -1_000_000, max: 1_000_000 }).map((micro) => micro / 1_000_000),
        fc.constantFrom(0.000707, 0.0005, -0.001, 1, -1, 0),
      );
      const article = fc.record({ tone, age: fc.nat(5), sources: fc.subarray(['wire', 'post'], { minLength: 1 }), topics: fc.subarray(topics) });
      await fc.assert(
        fc.asyncProperty(fc.array(article, { maxLength: 12 }), async (rows) => {
          const { store, articles } = begin(make);
          articles(
            rows.map((row, index) => seed(`i${index}`, { publishedAt: NOW - row.age * HOUR, tone: row.tone, sourceIds: row.sources, topics: row.topics })),
          );
          expect(await store.check()).toEqual([]);
        }),
        { numRuns: 40 },
      );
    });

    it('names what is too much and what is missing, and repairs it', async () => {
      const { store, articles, spoil } = begin(make);
      articles([seed(0, { tone: 0.5, topics }), seed(1, { state: 'pending' })]);
      const one = { negative: 0, neutral: 0, positive: 1, toneSum: 500_000, toneSquares: 250_000 };
      spoil('all', hour - 1);
      spoil('t:gas@3|s:wire', hour - 1);
      spoil('s:ghost', hour - 2);
      const found = await store.check();
      expect(found).toEqual([
        { scope: 'all', hour: hour - 1, stored: { ...one, positive: 2 }, expected: one },
        { scope: 's:ghost', hour: hour - 2, stored: { ...noCounts, positive: 1 }, expected: noCounts },
        { scope: 't:gas@3|s:wire', hour: hour - 1, stored: { ...one, positive: 2 }, expected: one },
      ]);
      expect(await store.repair()).toBe(3);
      expect([await store.check(), await store.repair()]).toEqual([[], 0]);
      expect(await store.hours({}, { from: NOW - 3 * HOUR, to: NOW })).toEqual([{ hour: hour - 1, ...one }]);
      expect(await store.hours({ sourceId: 'ghost' }, { from: NOW - 3 * HOUR, to: NOW })).toEqual([]);
    });

    it('recounts stories, which count all articles but the first', async () => {
      const { store, articles, spoil } = begin(make);
      const first = seed(0, { tone: 0.5 });
      articles([first, seed(1, { tone: -0.5, joinedStory: first.id }), seed(2, { tone: 0.1, joinedStory: first.id })]);
      expect(await store.check()).toEqual([]);
      spoil(`y:${first.id}`, hour - 2);
      expect(await store.check()).toMatchObject([{ scope: `y:${first.id}`, stored: { negative: 1, positive: 1 }, expected: { negative: 1, positive: 0 } }]);
      expect(await store.repair()).toBe(1);
      expect(await store.check()).toEqual([]);
    });

    it('ends when it is stopped', async () => {
      const { store, articles } = begin(make);
      articles([seed(0)]);
      await expect(store.check(AbortSignal.abort(new Error('stopped')))).rejects.toThrow('stopped');
    });

    it('covers only what is inside retention', async () => {
      const { store, articles, spoil, clock } = begin(make);
      const old = seed('old', { publishedAt: NOW - store.retention.articles + HOUR });
      articles([old]);
      spoil('all', hourOf(old.publishedAt));
      expect(await store.check()).toHaveLength(1);
      clock.advance(HOUR);
      expect([await store.check(), await store.repair()]).toEqual([[], 0]);
    });
  });
}
