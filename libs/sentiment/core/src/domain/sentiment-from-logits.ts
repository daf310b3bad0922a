import { labels, type Label, type ModelRef, type Scores, type Sentiment } from '@barometer/events';
import { fromMicro, toMicro } from '@barometer/kernel';

/** How a model's raw outputs become probabilities; stored in a file beside the model. */
export interface Calibration {
  /** Divides the logits before the softmax (Guo et al. 2017, "On Calibration of Modern Neural Networks"). */
  readonly temperature: number;
  /** A confidence below this makes a sentiment `uncertain`. */
  readonly uncertainBelow: number;
  /** The class of each output, in the model's order: all three, or negative and positive only. */
  readonly labels: readonly Label[];
  /** For a model of two classes: how many times as likely one side must be as the other to win over "neutral". */
  readonly neutralOdds?: number;
}

/** With nine to one, a text is called positive or negative when a two-class model is about 90 % sure of it. */
export const DEFAULT_NEUTRAL_ODDS = 9;

/**
 * The sentiment for a model's outputs for one text: probabilities by a softmax at the calibrated temperature, the
 * likeliest label with its probability as confidence, and tone = P(positive) - P(negative) in whole millionths. Throws
 * if an output is not a finite number or their count differs from that of the labels.
 */
export function sentimentFromLogits(logits: ArrayLike<number>, calibration: Calibration, model: ModelRef): Sentiment {
  const outputs = Array.from(logits);
  if (outputs.length !== calibration.labels.length) {
    throw new RangeError(`The model gave ${outputs.length} outputs for ${calibration.labels.length} classes.`);
  }
  if (!outputs.every(Number.isFinite)) throw new RangeError('The model gave an output that is not a finite number.');
  const scaled = outputs.map((output) => output / calibration.temperature);
  const scores = isTwoClass(calibration) ? withNeutralBand(scaled, calibration) : byLabel(softmax(scaled), calibration.labels);
  const label = likeliest(scores);
  return {
    label,
    confidence: scores[label],
    scores,
    // Adding zero turns -0 into 0.
    tone: fromMicro(toMicro(scores.positive - scores.negative)) + 0,
    uncertain: scores[label] < calibration.uncertainBelow,
    model,
  };
}

/** Probabilities of these logits; shifted by the largest, so that no exponential overflows. */
export function softmax(logits: readonly number[]): number[] {
  const largest = Math.max(...logits);
  const exponentials = logits.map((logit) => Math.exp(logit - largest));
  const sum = exponentials.reduce((total, value) => total + value, 0);
  return exponentials.map((value) => value / sum);
}

const isTwoClass = (calibration: Calibration) => !calibration.labels.includes('neutral');

const sigmoid = (value: number) => 1 / (1 + Math.exp(-value));

/**
 * Three probabilities from two classes, by the model of ties of Rao and Kupper (1967, "Ties in Paired-Comparison
 * Experiments"): with d = logit(positive) - logit(negative) and band b = ln(neutralOdds), P(positive) = sigmoid(d - b),
 * P(negative) = sigmoid(-d - b), and the rest is neutral.
 */
function withNeutralBand(logits: readonly number[], calibration: Calibration): Scores {
  const outputOf = (label: Label) => logits[calibration.labels.indexOf(label)] as number;
  const difference = outputOf('positive') - outputOf('negative');
  const band = Math.log(calibration.neutralOdds ?? DEFAULT_NEUTRAL_ODDS);
  const positive = sigmoid(difference - band);
  const negative = sigmoid(-difference - band);
  return { negative, neutral: Math.max(0, 1 - positive - negative), positive };
}

function byLabel(probabilities: readonly number[], order: readonly Label[]): Scores {
  const scores = { negative: 0, neutral: 0, positive: 0 };
  order.forEach((label, index) => (scores[label] = probabilities[index] as number));
  return scores;
}

function likeliest(scores: Scores): Label {
  return labels.reduce((best, label) => (scores[label] > scores[best] ? label : best));
}
