import { ArticleScores } from '@barometer/sentiment';
import type { SqliteDatabase } from '@barometer/storage-sqlite';
import { SqliteArticleLedger } from './sqlite-article-ledger';

/** Scores in the SQLite store. */
export class SqliteScoreStore extends ArticleScores {
  constructor(db: SqliteDatabase) {
    super(new SqliteArticleLedger(db));
  }
}
