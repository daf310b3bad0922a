import type { Label } from '@barometer/events';
import { correlationOf, evaluate, expectedCalibrationError, ranksOf } from './evaluation';

const judge = (gold: Label, label: Label, confidence = 1) => ({ gold, sentiment: { label, confidence, tone: 0 } });

describe('evaluate', () => {
  // Truth down, answers across:       negative neutral positive
  //                          negative    2        1       0
  //                          neutral     1        1       0
  //                          positive    0        1       4
  const judgements = [
    judge('negative', 'negative'),
    judge('negative', 'negative'),
    judge('negative', 'neutral'),
    judge('neutral', 'negative'),
    judge('neutral', 'neutral'),
    judge('positive', 'neutral'),
    judge('positive', 'positive'),
    judge('positive', 'positive'),
    judge('positive', 'positive'),
    judge('positive', 'positive'),
  ];

  it('gives the numbers computed by hand', () => {
    const { rows, accuracy, macroF1, perClass, confusion } = evaluate(judgements);
    expect([rows, accuracy]).toEqual([10, 0.7]);
    expect(perClass.negative).toEqual({ precision: 2 / 3, recall: 2 / 3, f1: 4 / 6, support: 3 });
    expect(perClass.neutral).toEqual({ precision: 1 / 3, recall: 1 / 2, f1: 2 / 5, support: 2 });
    expect(perClass.positive).toEqual({ precision: 1, recall: 4 / 5, f1: 8 / 9, support: 5 });
    expect(macroF1).toBeCloseTo((2 / 3 + 2 / 5 + 8 / 9) / 3, 12);
    expect(confusion.positive).toEqual({ negative: 0, neutral: 1, positive: 4 });
  });

  it('averages F1 over the classes that occur', () => {
    const binary = evaluate([judge('negative', 'negative'), judge('positive', 'neutral')]);
    expect(binary.macroF1).toBe(0.5);
    expect(binary.perClass.neutral).toEqual({ precision: 0, recall: 0, f1: 0, support: 0 });
  });

  it('refuses an empty list', () => expect(() => evaluate([])).toThrow('nothing to evaluate'));
});

describe('expectedCalibrationError', () => {
  it('weighs the gap of each bin by its rows', () => {
    // Bin of 0.9: two rows, one right, confidence 0.9: gap 0.4. Bin of 0.5: two rows, one right: gap 0.
    const rows = [judge('negative', 'negative', 0.9), judge('neutral', 'negative', 0.9), judge('negative', 'negative', 0.5), judge('neutral', 'negative', 0.5)];
    expect(expectedCalibrationError(rows)).toBeCloseTo(0.2, 12);
  });

  it('puts a confidence of 1 into the last bin', () => expect(expectedCalibrationError([judge('neutral', 'neutral', 1)])).toBe(0));
});

describe('agreement of tone with valence', () => {
  const rated = (tone: number, valence?: number) => ({
    gold: 'neutral' as const,
    sentiment: { label: 'neutral' as const, confidence: 1, tone },
    ...(valence !== undefined && { valence }),
  });

  it('gives the correlations computed by hand, from the rows that have a valence', () => {
    // Tones 1 2 3 4 5, valences 2 1 4 3 5: covariance 8, both squares 10.
    const { valence } = evaluate([rated(0.1, 2), rated(0.2, 1), rated(0.3, 4), rated(0.4, 3), rated(0.5, 5), rated(0.9)]);
    expect(valence?.rows).toBe(5);
    expect(valence?.pearson.value).toBeCloseTo(0.8, 12);
    expect(valence?.spearman.value).toBeCloseTo(0.8, 12);
    // tanh(atanh 0.8 ± 1.96 / √2)
    expect(valence?.pearson.low).toBeCloseTo(-0.2796, 3);
    expect(valence?.pearson.high).toBeCloseTo(0.9862, 3);
    expect(valence?.spearman.low).toBeLessThan(valence?.pearson.low ?? -1);
  });

  it('ranks order, not distance', () => {
    const { valence } = evaluate([rated(0.1, 1), rated(0.2, 2), rated(0.3, 3), rated(0.4, 1_000)]);
    expect(valence?.spearman.value).toBeCloseTo(1, 12);
    expect(valence?.pearson.value).toBeLessThan(0.9);
    expect(ranksOf([3, 1, 3, 2])).toEqual([3.5, 1, 3.5, 2]);
  });

  it('is absent if there is too little data', () => {
    expect(evaluate([rated(0.1, 1), rated(0.2, 2), rated(0.3, 3)]).valence).toBeUndefined();
    expect(evaluate([rated(0.1, 1), rated(0.2, 1), rated(0.3, 1), rated(0.4, 1)]).valence).toBeUndefined();
    expect(correlationOf([1, 1], [1, 2])).toBeUndefined();
  });
});
