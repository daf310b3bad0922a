import type { Label, ModelRef, ReaderJudgement, Scores, Sentiment } from '@barometer/events';
import { fromMicro, toMicro } from '@barometer/kernel';

/**
 * What the model gives on average to headlines that people read so: the means of its probabilities over the 1,000 rows of
 * news-tone dev, by the label that people gave (`npm run judged:tones`; ADR 0019). Hence a judgement has the tone that is to
 * be expected of its label, and judging more or fewer articles moves no mean by itself.
 */
const expectedScores: Readonly<Record<Label, Scores>> = {
  negative: { negative: 0.84, neutral: 0.14, positive: 0.02 },
  neutral: { negative: 0.2, neutral: 0.65, positive: 0.15 },
  positive: { negative: 0.04, neutral: 0.3, positive: 0.66 },
};

/** What an article counts with that a reader judged: tone -0.82, -0.05 or 0.62. `model` is that of the score it stands for. */
export function judgedSentiment(label: Label, model: ModelRef): Sentiment {
  const scores = expectedScores[label];
  return { label, confidence: scores[label], scores: { ...scores }, tone: fromMicro(toMicro(scores.positive) - toMicro(scores.negative)), uncertain: false, model: { ...model } };
}

/** What a store keeps of an article's score: what it counts with, and beside a judgement the model's own. */
export interface Judgeable {
  readonly sentiment?: Sentiment;
  readonly judgement?: ReaderJudgement;
  readonly modelSentiment?: Sentiment;
}

/** What the model says of an article, whether it counts or not. */
export const modelSentimentOf = ({ sentiment, modelSentiment }: Judgeable): Sentiment | undefined => modelSentiment ?? sentiment;

/** The article with this judgement; the same where a reader said so before, or where there is no score to stand for. */
export function withJudgement<A extends Judgeable>(article: A, judgement: ReaderJudgement): A {
  const modelSentiment = modelSentimentOf(article);
  if (!modelSentiment || article.judgement?.label === judgement.label) return article;
  return { ...article, judgement, modelSentiment, sentiment: judgedSentiment(judgement.label, modelSentiment.model) };
}

/** The article without its judgement: it counts with the model's latest score again. */
export function withoutJudgement<A extends Judgeable>(article: A): A {
  if (!article.modelSentiment) return article;
  const { judgement: _judgement, modelSentiment, ...rest } = article;
  return { ...rest, sentiment: modelSentiment } as unknown as A;
}

/** The article with a new score of the model: it counts unless a reader has judged. */
export function withModelSentiment<A extends Judgeable>(article: A, next: Sentiment): A {
  if (!article.judgement) return { ...article, sentiment: next };
  return { ...article, modelSentiment: next, sentiment: judgedSentiment(article.judgement.label, next.model) };
}
