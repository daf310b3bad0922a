import type { ModelRef, Sentiment } from '@barometer/events';

/** Tells how texts sound. */
export interface SentimentClassifier {
  /** Which model answers; known once `ready` has resolved. */
  readonly model: ModelRef;
  /** Loads, verifies and warms the model; later calls wait for the first. Rejects with `ModelError` when it cannot be used. */
  ready(): Promise<void>;
  /**
   * One sentiment a text, in the same order. A text's sentiment does not depend on its neighbours beyond 0.03 of tone.
   * Texts are truncated by tokens; any string is accepted, one without a token gives the model's answer for nothing.
   */
  classify(texts: readonly string[]): Promise<readonly Sentiment[]>;
}
