import { ArticleScores } from '@barometer/sentiment';
import type { MemoryDatabase } from '@barometer/storage-memory';
import { MemoryArticleLedger } from './memory-article-ledger';

/** Scores in memory. */
export class MemoryScoreStore extends ArticleScores {
  constructor(db: MemoryDatabase) {
    super(new MemoryArticleLedger(db));
  }
}
