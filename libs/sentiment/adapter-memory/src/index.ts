export { MemoryScoreStore } from './memory-score-store';
