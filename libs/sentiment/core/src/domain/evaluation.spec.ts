import type { Label } from '@barometer/events';
import { evaluate, expectedCalibrationError } from './evaluation';

const judge = (gold: Label, label: Label, confidence = 1) => ({ gold, sentiment: { label, confidence } });

describe('evaluate', () => {
  // Truth down, answers across:       negative neutral positive
  //                          negative    2        1       0
  //                          neutral     1        1       0
  //                          positive    0        1       4
  const judgements = [
    judge('negative', 'negative'), judge('negative', 'negative'), judge('negative', 'neutral'),
    judge('neutral', 'negative'), judge('neutral', 'neutral'),
    judge('positive', 'neutral'), judge('positive', 'positive'), judge('positive', 'positive'), judge('positive', 'positive'), judge('positive', 'positive'),
  ];

  it('gives the numbers worked out by hand', () => {
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

  it('has nothing to say about no rows', () => expect(() => evaluate([])).toThrow('nothing to evaluate'));
});

describe('expectedCalibrationError', () => {
  it('weighs the gap of each bin by its rows', () => {
    // Bin of 0.9: two rows, one right, confidence 0.9: gap 0.4. Bin of 0.5: two rows, one right: gap 0.
    const rows = [judge('negative', 'negative', 0.9), judge('neutral', 'negative', 0.9), judge('negative', 'negative', 0.5), judge('neutral', 'negative', 0.5)];
    expect(expectedCalibrationError(rows)).toBeCloseTo(0.2, 12);
  });

  it('puts a confidence of 1 into the last bin', () => expect(expectedCalibrationError([judge('neutral', 'neutral', 1)])).toBe(0));
});
