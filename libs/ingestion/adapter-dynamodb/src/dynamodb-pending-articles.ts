import type { PendingArticle, PendingArticles } from '@barometer/ingestion';
import { expiryBound } from '@barometer/kernel';
import { articleKey, ArticleWriter, inTurns, timeText, type DynamoDbTable } from '@barometer/storage-dynamodb';

const WRITES_AT_ONCE = 8;

/** The pending index of the DynamoDB store: a sparse index that includes an article with the write that stores it. */
export class DynamoDbPendingArticles implements PendingArticles {
  constructor(private readonly table: DynamoDbTable) {}

  /** Also completes what a process left half counted, since this runs every tick. */
  async overdue(before: number, limit: number): Promise<readonly PendingArticle[]> {
    await new ArticleWriter(this.table).settle();
    const found: PendingArticle[] = [];
    if (limit <= 0) return found;
    // `sentAt` is never earlier than `storedAt`, so the index by the latter can bound the search.
    for await (const item of this.table.query({ index: 'waiting', partition: 'pending', to: timeText(before) })) {
      const [storedAt, sentAt] = [Number(item['storedAt']), Number(item['sentAt'] ?? item['storedAt'])];
      // An expired article is removed by the table's time to live, and needs no score.
      if (sentAt >= before || Number(item['expiresAt']) <= expiryBound(before, this.table.retention)) continue;
      found.push({ id: String(item['id']), storedAt });
      if (found.length === limit) break;
    }
    return found;
  }

  async markDelivered(ids: readonly string[], now: number): Promise<void> {
    await inTurns([...new Set(ids)], WRITES_AT_ONCE, (id) =>
      this.table.update(articleKey(id), 'SET sentAt = :now ADD rev :one', {
        condition: '#state = :pending',
        names: { '#state': 'state' },
        values: { ':now': now, ':one': 1, ':pending': 'pending' },
      }),
    );
  }
}
