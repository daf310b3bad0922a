export { SqliteScoreStore } from './sqlite-score-store';
