import { fromMicro, toMicro } from '@barometer/kernel';
import fc from 'fast-check';
import type { Sentiment } from '../sentiment';

/** A realistic sentiment with this tone (-1…1). */
export function sentimentWith(tone: number, revision = 'r1'): Sentiment {
  const positive = Math.max(tone, 0);
  const negative = Math.max(-tone, 0);
  const scores = { negative, neutral: 1 - positive - negative, positive };
  const confidence = Math.max(scores.negative, scores.neutral, scores.positive);
  const label = confidence === positive ? 'positive' : confidence === negative ? 'negative' : 'neutral';
  return { label, confidence, scores, tone: fromMicro(toMicro(tone)), uncertain: confidence < 0.55, model: { id: 'test', revision } };
}

/** An arbitrary sentiment from one of two model revisions; its tone is in whole millionths. */
export const anySentiment: fc.Arbitrary<Sentiment> = fc
  .tuple(fc.integer({ min: -1_000_000, max: 1_000_000 }), fc.constantFrom('r1', 'r2'))
  .map(([micro, revision]) => sentimentWith(fromMicro(micro), revision));
