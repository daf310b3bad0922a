import fc from 'fast-check';
import { planBatches } from './batch-plan';

const limits = { maxTokens: 64, maxRows: 8 };

describe('planBatches', () => {
  it('groups texts of similar length', () => {
    expect(planBatches([3, 9, 3, 9], { maxTokens: 18, maxRows: 8 })).toEqual([
      [0, 2],
      [1, 3],
    ]);
  });

  it('puts a text beyond the budget into a batch of its own', () => expect(planBatches([500, 2], limits)).toEqual([[1], [0]]));

  it('plans no batch for no texts', () => expect(planBatches([], limits)).toEqual([]));

  it('is a permutation within the limits, shortest first', () => {
    fc.assert(
      fc.property(fc.array(fc.integer({ min: 2, max: 512 }), { maxLength: 300 }), (lengths) => {
        const batches = planBatches(lengths, limits);
        expect(batches.flat().toSorted((a, b) => a - b)).toEqual(lengths.map((_, index) => index));
        for (const batch of batches) {
          const longest = Math.max(...batch.map((index) => lengths[index] as number));
          expect(batch.length === 1 || batch.length * longest <= limits.maxTokens).toBe(true);
          expect(batch.length).toBeLessThanOrEqual(limits.maxRows);
        }
        const order = batches.flat().map((index) => lengths[index]);
        expect(order).toEqual(lengths.toSorted((a, b) => a - b));
      }),
    );
  });
});
