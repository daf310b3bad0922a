import { labels, type Label, type Sentiment } from '@barometer/events';

/** A text's true label and the classifier's answer. */
export interface Judgement {
  readonly gold: Label;
  readonly sentiment: Pick<Sentiment, 'label' | 'confidence' | 'tone'>;
  /** How good or bad readers found it, on any scale where higher is better. */
  readonly valence?: number | undefined;
}

/** How well one class is recognised; a share with denominator 0 is 0. */
export interface ClassMetrics {
  readonly precision: number;
  readonly recall: number;
  readonly f1: number;
  /** How many rows truly belong to this class. */
  readonly support: number;
}

/** Counts by true label, then by predicted label. */
export type Confusion = Readonly<Record<Label, Readonly<Record<Label, number>>>>;

/** A correlation (-1 to 1) with its 95 % interval. */
export interface Correlation {
  readonly value: number;
  readonly low: number;
  readonly high: number;
}

/** How tone agrees with the valence that readers gave. */
export interface ValenceAgreement {
  readonly rows: number;
  readonly pearson: Correlation;
  readonly spearman: Correlation;
}

export interface Evaluation {
  readonly rows: number;
  readonly accuracy: number;
  /** The mean F1 of the classes that occur among the true labels, so that a file with two classes is judged on these two. */
  readonly macroF1: number;
  /** Expected calibration error in 15 bins. */
  readonly ece: number;
  readonly perClass: Readonly<Record<Label, ClassMetrics>>;
  readonly confusion: Confusion;
  /** Absent with fewer than four rows that have a valence, or if all tones or all valences are equal. */
  readonly valence?: ValenceAgreement;
}

/** Measures these judgements; there must be at least one. */
export function evaluate(judgements: readonly Judgement[]): Evaluation {
  if (judgements.length === 0) throw new RangeError('There is nothing to evaluate.');
  const confusion = confusionOf(judgements);
  const perClass = eachLabel((label) => classMetrics(confusion, label));
  const occurring = labels.filter((label) => perClass[label].support > 0);
  const right = labels.reduce((sum, label) => sum + confusion[label][label], 0);
  return {
    rows: judgements.length,
    accuracy: right / judgements.length,
    macroF1: occurring.reduce((sum, label) => sum + perClass[label].f1, 0) / occurring.length,
    ece: expectedCalibrationError(judgements),
    perClass,
    confusion,
    ...valenceAgreement(judgements),
  };
}

/** An interval by Fisher's transformation needs at least four pairs. */
const LEAST_PAIRS = 4;
const NORMAL_975 = 1.959964;

function valenceAgreement(judgements: readonly Judgement[]): Pick<Evaluation, 'valence'> {
  const pairs = judgements.flatMap(({ sentiment, valence }) => (valence === undefined ? [] : [{ tone: sentiment.tone, valence }]));
  const [tones, valences] = [pairs.map(({ tone }) => tone), pairs.map(({ valence }) => valence)];
  const pearson = correlationOf(tones, valences);
  const spearman = correlationOf(ranksOf(tones), ranksOf(valences));
  if (pairs.length < LEAST_PAIRS || pearson === undefined || spearman === undefined) return {};
  // The error of Fisher's z is 1/√(n−3) for Pearson's; √((1 + r²/2)/(n−3)) for Spearman's (Bonett and Wright 2000).
  const error = 1 / Math.sqrt(pairs.length - 3);
  return { valence: { rows: pairs.length, pearson: withInterval(pearson, error), spearman: withInterval(spearman, error * Math.sqrt(1 + spearman ** 2 / 2)) } };
}

/** Pearson's correlation; undefined where one side does not vary. */
export function correlationOf(one: readonly number[], other: readonly number[]): number | undefined {
  const mean = (values: readonly number[]) => values.reduce((sum, value) => sum + value, 0) / values.length;
  const [first, second] = [mean(one), mean(other)];
  let [product, squares, otherSquares] = [0, 0, 0];
  one.forEach((value, index) => {
    const [a, b] = [value - first, (other[index] ?? 0) - second];
    product += a * b;
    squares += a * a;
    otherSquares += b * b;
  });
  return squares > 0 && otherSquares > 0 ? product / Math.sqrt(squares * otherSquares) : undefined;
}

/** Ranks from 1; equal values get the mean of their ranks. */
export function ranksOf(values: readonly number[]): number[] {
  const order = values.map((value, index) => ({ value, index })).sort((a, b) => a.value - b.value);
  const ranks = new Array<number>(values.length);
  for (let first = 0; first < order.length; ) {
    let end = first + 1;
    while (order[end]?.value === order[first]?.value && end < order.length) end += 1;
    for (const { index } of order.slice(first, end)) ranks[index] = (first + end + 1) / 2;
    first = end;
  }
  return ranks;
}

function withInterval(value: number, error: number): Correlation {
  const z = Math.atanh(Math.min(1 - 1e-12, Math.max(-1 + 1e-12, value)));
  return { value, low: Math.tanh(z - NORMAL_975 * error), high: Math.tanh(z + NORMAL_975 * error) };
}

/**
 * The gap between confidence and share of right answers, in equal bins of confidence, weighted by rows
 * (Guo et al. 2017, "On Calibration of Modern Neural Networks"); 0 is perfect.
 */
export function expectedCalibrationError(judgements: readonly Judgement[], bins = 15): number {
  const sums = Array.from({ length: bins }, () => ({ confidence: 0, right: 0 }));
  for (const { gold, sentiment } of judgements) {
    const bin = sums[Math.min(Math.floor(sentiment.confidence * bins), bins - 1)];
    if (!bin) continue;
    bin.confidence += sentiment.confidence;
    bin.right += Number(gold === sentiment.label);
  }
  return sums.reduce((total, bin) => total + Math.abs(bin.right - bin.confidence), 0) / judgements.length;
}

function eachLabel<T>(make: (label: Label) => T): Record<Label, T> {
  return { negative: make('negative'), neutral: make('neutral'), positive: make('positive') };
}

function confusionOf(judgements: readonly Judgement[]): Confusion {
  const counts = eachLabel(() => eachLabel(() => 0));
  for (const { gold, sentiment } of judgements) counts[gold][sentiment.label] += 1;
  return counts;
}

function classMetrics(confusion: Confusion, label: Label): ClassMetrics {
  const hits = confusion[label][label];
  const support = labels.reduce((sum, other) => sum + confusion[label][other], 0);
  const predicted = labels.reduce((sum, other) => sum + confusion[other][label], 0);
  return { precision: share(hits, predicted), recall: share(hits, support), f1: share(2 * hits, support + predicted), support };
}

const share = (part: number, whole: number) => (whole === 0 ? 0 : part / whole);
