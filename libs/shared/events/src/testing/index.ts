export { anySentiment, sentimentWith } from './sentiments';
export { byScopeAndHour, expectedRollups, type NewProbeArticle, type ProbedArticle, type StoreProbe } from './store-probe';
