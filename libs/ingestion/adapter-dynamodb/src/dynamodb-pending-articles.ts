import type { PendingArticle, PendingArticles } from '@barometer/ingestion';
import { articleKey, ArticleWriter, inTurns, timeText, type DynamoDbTable } from '@barometer/storage-dynamodb';

const WRITES_AT_ONCE = 8;

/** The pending index of the DynamoDB store: a sparse index that an article is in by the write that stores it. */
export class DynamoDbPendingArticles implements PendingArticles {
  constructor(private readonly table: DynamoDbTable) {}

  /** Those that wait; what a process has left half counted is put right on the way, since this runs every tick. */
  async overdue(before: number, limit: number): Promise<readonly PendingArticle[]> {
    await new ArticleWriter(this.table).settle();
    const found: PendingArticle[] = [];
    if (limit <= 0) return found;
    // `sentAt` is never earlier than `storedAt`, so that the index by the latter may end the search.
    for await (const item of this.table.query({ index: 'waiting', partition: 'pending', to: timeText(before) })) {
      const [storedAt, sentAt] = [Number(item['storedAt']), Number(item['sentAt'] ?? item['storedAt'])];
      // What has expired waits for the table's time to live, and for no score.
      if (sentAt >= before || Number(item['expiresAt']) <= before) continue;
      found.push({ id: String(item['id']), storedAt });
      if (found.length === limit) break;
    }
    return found;
  }

  async markDelivered(ids: readonly string[], now: number): Promise<void> {
    await inTurns([...new Set(ids)], WRITES_AT_ONCE, (id) => this.table.update(articleKey(id), 'SET sentAt = :now ADD rev :one', {
      condition: '#state = :pending', names: { '#state': 'state' }, values: { ':now': now, ':one': 1, ':pending': 'pending' },
    }));
  }
}
