import type { Sentiment } from '@barometer/events';

/** The fields of an article that the scorer needs. */
export interface ArticleText {
  readonly id: string;
  readonly title: string;
  readonly summary: string;
}

/** An article that waits for its score, whichever way it is delivered. */
export interface WaitingArticle extends ArticleText {
  /** How often it was handed out or tried alone since it was stored or redriven. */
  readonly receives: number;
}

/** An article that this scorer holds until its lease ends. */
export interface LeasedArticle extends ArticleText {
  readonly token: string;
  /** How often it was handed out, including this time; if above 1, it is scored alone. */
  readonly receives: number;
}

/** An article with the model's stored score. */
export interface ScoredArticleText extends ArticleText {
  readonly sentiment: Sentiment;
}
