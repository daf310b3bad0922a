import type { ModelRef, Sentiment } from '@barometer/events';

/** Determines the sentiment of texts. */
export interface SentimentClassifier {
  /** The model in use; known once `ready` has resolved. */
  readonly model: ModelRef;
  /** Loads, verifies and warms the model; later calls wait for the first. Rejects with `ModelError` when it cannot be used. */
  ready(): Promise<void>;
  /**
   * One sentiment a text, in the same order. A text's tone depends on the other texts by at most 0.03. Texts are
   * truncated by tokens; any string is accepted, and one without a token gives the model's answer for an empty text.
   */
  classify(texts: readonly string[]): Promise<readonly Sentiment[]>;
}
