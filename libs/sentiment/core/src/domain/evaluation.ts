import { labels, type Label, type Sentiment } from '@barometer/events';

/** A text's true label and what the classifier said. */
export interface Judgement {
  readonly gold: Label;
  readonly sentiment: Pick<Sentiment, 'label' | 'confidence'>;
}

/** How well one class is found; a share of nothing is 0. */
export interface ClassMetrics {
  readonly precision: number;
  readonly recall: number;
  readonly f1: number;
  /** How many rows truly are of this class. */
  readonly support: number;
}

/** Counts by true label, then by predicted label. */
export type Confusion = Readonly<Record<Label, Readonly<Record<Label, number>>>>;

export interface Evaluation {
  readonly rows: number;
  readonly accuracy: number;
  /** The mean F1 of the classes that occur among the true labels, so that a file of two classes is judged on two. */
  readonly macroF1: number;
  /** Expected calibration error in 15 bins. */
  readonly ece: number;
  readonly perClass: Readonly<Record<Label, ClassMetrics>>;
  readonly confusion: Confusion;
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
  };
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
