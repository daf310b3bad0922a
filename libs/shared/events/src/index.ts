export { articleIngestedSchema, articleScoredSchema, type ArticleIngested, type ArticleScored } from './article-events';
export {
  labels,
  labelSchema,
  modelRefSchema,
  readerJudgementSchema,
  scoresSchema,
  sentimentSchema,
  type Label,
  type ModelRef,
  type ReaderJudgement,
  type Scores,
  type Sentiment,
} from './sentiment';
