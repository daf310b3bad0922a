import { comparedTexts, explanationOf, type Explanation } from '../domain/explanation';
import type { SentimentClassifier } from '../ports/sentiment-classifier.port';

/** Explains which words of texts influenced their scores, and how much. Nothing is stored. */
export class ExplainTexts {
  constructor(private readonly deps: { readonly classifier: SentimentClassifier }) {}

  /** One explanation a text, in the same order, with a single call of the classifier; waits until the model is loaded. */
  async execute(texts: readonly string[]): Promise<readonly Explanation[]> {
    const { classifier } = this.deps;
    await classifier.ready();
    if (texts.length === 0) return [];
    const compared = texts.map(comparedTexts);
    const sentiments = await classifier.classify(compared.flat());
    let first = 0;
    return texts.map((text, index) => {
      const count = compared[index]?.length ?? 0;
      return explanationOf(text, sentiments.slice(first, (first += count)));
    });
  }
}
