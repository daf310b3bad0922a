export { KeywordClassifier } from './keyword-classifier';
export { MemoryScoreStore } from './memory-score-store';
