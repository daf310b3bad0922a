export { scoreStoreContract } from './score-store.contract';
export { type CreateScoreStoreHarness, type ScoreStoreHarness } from './score-store-harness';
export { sentimentClassifierContract } from './sentiment-classifier.contract';
