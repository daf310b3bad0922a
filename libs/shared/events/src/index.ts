export { articleIngestedSchema, articleScoredSchema, type ArticleIngested, type ArticleScored } from './article-events';
export { labels, labelSchema, modelRefSchema, scoresSchema, sentimentSchema, type Label, type ModelRef, type Scores, type Sentiment } from './sentiment';
