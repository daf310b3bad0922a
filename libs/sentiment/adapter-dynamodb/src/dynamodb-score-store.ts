import { ArticleScores } from '@barometer/sentiment';
import type { DynamoDbTable } from '@barometer/storage-dynamodb';
import { DynamoDbArticleLedger } from './dynamodb-article-ledger';

/** Scores in the DynamoDB store. A score and its counters are one transaction, on condition that there was no score. */
export class DynamoDbScoreStore extends ArticleScores {
  constructor(table: DynamoDbTable) {
    super(new DynamoDbArticleLedger(table));
  }
}
