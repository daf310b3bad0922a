import fc from 'fast-check';
import { contributionOf } from '@barometer/kernel';
import { addCounts, figuresOf, noCounts, standardErrorOf } from './figures';

const countsOf = (tones: readonly number[]) =>
  addCounts(tones.map((tone) => contributionOf({ label: tone < 0 ? 'negative' : tone > 0 ? 'positive' : 'neutral', tone })));

describe('figuresOf', () => {
  it('gives volume, shares and the mean tone with its standard error', () => {
    // By hand: mean 0.1, deviations 0.4, -0.6, 0.2: sum of squares 0.56, s² = 0.28, sqrt(0.28 / 3).
    const figures = figuresOf(countsOf([0.5, -0.5, 0.3]));
    expect(figures).toMatchObject({ volume: 3, shares: { negative: 1 / 3, neutral: 0, positive: 2 / 3 } });
    expect(figures.tone).toBeCloseTo(0.1, 9);
    expect(figures.standardError).toBeCloseTo(Math.sqrt(0.28 / 3), 6);
  });

  it('has no tone where nothing was scored and no error for one article', () => {
    expect(figuresOf(noCounts)).toEqual({ counts: noCounts, volume: 0, shares: { negative: 0, neutral: 0, positive: 0 } });
    expect(figuresOf(countsOf([0.5])).standardError).toBeUndefined();
    expect(standardErrorOf(countsOf([0.3, 0.3, 0.3]))).toBeCloseTo(0, 3);
  });

  it('are additive: the figures of a whole are those of its parts together', () => {
    const tones = fc.array(
      fc.integer({ min: -1_000_000, max: 1_000_000 }).map((micro) => micro / 1_000_000),
      { maxLength: 40 },
    );
    fc.assert(
      fc.property(tones, fc.nat(40), (all, at) => {
        const parts = addCounts([countsOf(all.slice(0, at)), countsOf(all.slice(at))]);
        expect(parts).toEqual(countsOf(all));
        const { tone = 0 } = figuresOf(parts);
        expect(tone).toBeCloseTo(all.reduce((sum, one) => sum + one, 0) / Math.max(1, all.length), 6);
      }),
    );
  });
});
