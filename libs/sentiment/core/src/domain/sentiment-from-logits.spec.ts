import fc from 'fast-check';
import { sentimentFromLogits, softmax, type Calibration } from './sentiment-from-logits';

const model = { id: 'm', revision: '1' };
const three: Calibration = { temperature: 1, uncertainBelow: 0.6, labels: ['negative', 'neutral', 'positive'] };
const two: Calibration = { temperature: 1, uncertainBelow: 0.6, labels: ['negative', 'positive'] };

describe('sentimentFromLogits with three classes', () => {
  it('is a softmax, worked out by hand', () => {
    // e^0, e^0, e^ln2 = 1, 1, 2
    const { scores, label, confidence, tone, uncertain } = sentimentFromLogits([0, 0, Math.log(2)], three, model);
    expect(scores.negative).toBeCloseTo(0.25, 12);
    expect(scores.positive).toBeCloseTo(0.5, 12);
    expect([label, confidence, tone, uncertain]).toEqual(['positive', scores.positive, 0.25, true]);
  });

  it('divides by the temperature first', () => {
    const { scores } = sentimentFromLogits([0, 0, 2 * Math.log(2)], { ...three, temperature: 2 }, model);
    expect(scores.positive).toBeCloseTo(0.5, 12);
  });

  it('reads the outputs in the order of the labels', () => {
    const { label } = sentimentFromLogits([5, 0, 0], { ...three, labels: ['positive', 'neutral', 'negative'] }, model);
    expect(label).toBe('positive');
  });

  it('is certain from the threshold upwards', () => {
    const certain = sentimentFromLogits([0, 0, Math.log(2)], { ...three, uncertainBelow: 0.5 }, model);
    expect(certain.uncertain).toBe(false);
  });

  it('sums to 1 and keeps tone within -1...1, for any finite outputs', () => {
    const logit = fc.double({ min: -1e4, max: 1e4, noNaN: true });
    fc.assert(
      fc.property(fc.tuple(logit, logit, logit), (logits) => {
        const { scores, tone } = sentimentFromLogits(logits, three, model);
        expect(scores.negative + scores.neutral + scores.positive).toBeCloseTo(1, 9);
        expect(tone).toBe(Math.round((scores.positive - scores.negative) * 1e6) / 1e6 + 0);
        expect(Object.is(tone, -0)).toBe(false);
      }),
    );
  });

  it.each([[[1, Number.NaN, 0]], [[Infinity, 0, 0]], [[1, 2]]])('refuses the outputs %j', (logits) => {
    expect(() => sentimentFromLogits(logits, three, model)).toThrow(RangeError);
  });
});

describe('sentimentFromLogits with two classes', () => {
  const neutralAt = (difference: number) => sentimentFromLogits([0, difference], two, model).scores.neutral;

  it('calls even odds neutral: with odds of nine, 80 %', () => expect(neutralAt(0)).toBeCloseTo(0.8, 12));

  it('requires about nine to one before it takes a side', () => {
    expect(sentimentFromLogits([0, Math.log(8)], two, model).label).toBe('neutral');
    expect(sentimentFromLogits([0, Math.log(10)], two, model).label).toBe('positive');
    expect(sentimentFromLogits([Math.log(10), 0], two, model).label).toBe('negative');
  });

  it('is symmetric, and its tone rises with the difference', () => {
    const tones = [-6, -2, 0, 2, 6].map((difference) => sentimentFromLogits([0, difference], two, model).tone);
    expect(tones.toSorted((a, b) => a - b)).toEqual(tones);
    expect(tones[0]).toBeCloseTo(-(tones[4] as number), 9);
  });

  it('narrows the band if set so', () => {
    expect(sentimentFromLogits([0, Math.log(3)], { ...two, neutralOdds: 2 }, model).label).toBe('positive');
  });
});

it('softmax does not overflow', () => expect(softmax([1e5, 0])).toEqual([1, 0]));
