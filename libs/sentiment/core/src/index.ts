export type { ArticleText, LeasedArticle, ScoredArticleText } from './domain/article-text';
export type { NewScore, RescoreChunk, ScoreStore } from './ports/score-store.port';
export type { SentimentClassifier } from './ports/sentiment-classifier.port';
