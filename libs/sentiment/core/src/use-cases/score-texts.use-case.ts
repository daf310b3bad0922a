import type { Sentiment } from '@barometer/events';
import type { SentimentClassifier } from '../ports/sentiment-classifier.port';

/** Scores texts that are not articles; nothing is stored. */
export class ScoreTexts {
  constructor(private readonly deps: { readonly classifier: SentimentClassifier }) {}

  /** One sentiment a text, in the same order; waits until the model is loaded. */
  async execute(texts: readonly string[]): Promise<readonly Sentiment[]> {
    await this.deps.classifier.ready();
    return texts.length === 0 ? [] : this.deps.classifier.classify(texts);
  }
}
