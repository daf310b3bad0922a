import type { Sentiment } from '@barometer/events';

/** What the scorer needs to know of an article. */
export interface ArticleText {
  readonly id: string;
  readonly title: string;
  readonly summary: string;
}

/** An article that waits for its score, however it is delivered. */
export interface WaitingArticle extends ArticleText {
  /** How often it was handed out, or tried by itself, since it was stored or redriven. */
  readonly receives: number;
}

/** An article that this scorer holds until its lease ends. */
export interface LeasedArticle extends ArticleText {
  readonly token: string;
  /** How often it was handed out, this time included; above 1 it is scored by itself. */
  readonly receives: number;
}

/** An article with the model's score that stands in the store. */
export interface ScoredArticleText extends ArticleText {
  readonly sentiment: Sentiment;
}
