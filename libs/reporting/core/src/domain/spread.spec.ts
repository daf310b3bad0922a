import { normalShareBelow, pooled, quantile95, varianceBetween } from './spread';

describe('spread', () => {
  it('is the variance of values beyond their errors', () => {
    const at = (values: number[], variance: number) => values.map((value) => ({ value, variance }));
    // Q = 200 · 0.02, C = 200 - 2 · 10000/200: (4 - 1) / 100 … with equal weights the sample variance minus the error.
    expect(varianceBetween([at([0, 0.2], 0.01)])).toBeCloseTo(0.02 - 0.01, 9);
    expect(varianceBetween([at([0, 0.01], 0.01)])).toBe(0);
    expect(varianceBetween([at([5], 0.01), at([0, 0.2], 0.01)])).toBeCloseTo(0.01, 9);
    expect(varianceBetween([])).toBe(0);
  });

  it('weights pooled values by their precision', () => {
    const pool = pooled(
      [
        { value: 1, variance: 1 },
        { value: 0, variance: 3 },
      ],
      0,
    );
    expect(pool.value).toBeCloseTo(0.75, 9);
    expect(pool.variance).toBeCloseTo(0.75, 9);
  });

  it('has quantiles and shares as in published tables', () => {
    for (const [degrees, value] of [
      [4, 2.776],
      [6, 2.447],
      [10, 2.228],
      [30, 2.042],
      [Infinity, 1.96],
    ] as const)
      expect(Math.abs(quantile95(degrees) - value)).toBeLessThan(0.02);
    expect(normalShareBelow(-1.959964)).toBeCloseTo(0.025, 6);
    expect(normalShareBelow(0)).toBeCloseTo(0.5, 6);
  });
});
