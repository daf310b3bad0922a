import type { Label, ModelRef, ReaderJudgement, Scores, Sentiment } from '@barometer/events';
import { fromMicro, toMicro } from '@barometer/kernel';

/**
 * The model's mean probabilities for headlines that people gave a label, over the 1,000 rows of news-tone dev (`npm run
 * judged:tones`; ADR 0019). A judgement thus has the expected tone of its label, so that judging more or fewer articles
 * does not by itself shift means.
 */
const expectedScores: Readonly<Record<Label, Scores>> = {
  negative: { negative: 0.84, neutral: 0.14, positive: 0.02 },
  neutral: { negative: 0.2, neutral: 0.65, positive: 0.15 },
  positive: { negative: 0.04, neutral: 0.3, positive: 0.66 },
};

/** The sentiment of an article that a reader judged: tone -0.82, -0.05 or 0.62. `model` is that of the score it replaces. */
export function judgedSentiment(label: Label, model: ModelRef): Sentiment {
  const scores = expectedScores[label];
  return {
    label,
    confidence: scores[label],
    scores: { ...scores },
    tone: fromMicro(toMicro(scores.positive) - toMicro(scores.negative)),
    uncertain: false,
    model: { ...model },
  };
}

/** The reason of an article that ingestion skipped because of its language: readers may still judge it. */
export const OTHER_LANGUAGE = 'language';

/** What a store keeps of an article's score: the sentiment that counts, and beside a judgement the model's own. */
export interface Judgeable {
  readonly state?: string;
  /** Why it has no score; kept beside a judgement, for when that is taken back. */
  readonly reason?: string;
  readonly scoredAt?: number;
  readonly sentiment?: Sentiment;
  readonly judgement?: ReaderJudgement;
  readonly modelSentiment?: Sentiment;
}

/** The model's score of an article, whether it counts or not. */
export const modelSentimentOf = ({ sentiment, modelSentiment }: Judgeable): Sentiment | undefined => modelSentiment ?? sentiment;

/** The score that a judgement would replace: the model's, or `score` if the article was skipped because of its language. */
export const judgeableScore = (article: Judgeable, score?: Sentiment): Sentiment | undefined =>
  modelSentimentOf(article) ?? (article.state === 'skipped' && article.reason === OTHER_LANGUAGE ? score : undefined);

/** The article with this judgement; unchanged if a reader gave the same before, or if there is no score to replace. */
export function withJudgement<A extends Judgeable>(article: A, judgement: ReaderJudgement, score?: Sentiment): A {
  const modelSentiment = judgeableScore(article, score);
  if (!modelSentiment || article.judgement?.label === judgement.label) return article;
  return {
    ...article,
    ...(article.state === 'skipped' && { state: 'scored', scoredAt: judgement.at }),
    judgement,
    modelSentiment,
    sentiment: judgedSentiment(judgement.label, modelSentiment.model),
  };
}

/** The article without its judgement: it counts with the model's latest score again, or not at all if it was skipped because of its language. */
export function withoutJudgement<A extends Judgeable>(article: A): A {
  if (!article.modelSentiment) return article;
  const { judgement: _judgement, modelSentiment, ...rest } = article;
  if (article.reason === OTHER_LANGUAGE) {
    const { sentiment: _sentiment, scoredAt: _scoredAt, ...skipped } = rest;
    return { ...skipped, state: 'skipped' } as unknown as A;
  }
  return { ...rest, sentiment: modelSentiment } as unknown as A;
}

/** The article with a new score of the model, which counts unless a reader has judged. */
export function withModelSentiment<A extends Judgeable>(article: A, next: Sentiment): A {
  if (!article.judgement) return { ...article, sentiment: next };
  return { ...article, modelSentiment: next, sentiment: judgedSentiment(article.judgement.label, next.model) };
}
