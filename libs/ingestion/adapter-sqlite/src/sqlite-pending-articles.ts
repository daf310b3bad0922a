import type { PendingArticle, PendingArticles } from '@barometer/ingestion';
import type { SqliteDatabase } from '@barometer/storage-sqlite';

/** The pending index of the SQLite store. */
export class SqlitePendingArticles implements PendingArticles {
  constructor(private readonly db: SqliteDatabase) {}

  async overdue(before: number, limit: number): Promise<readonly PendingArticle[]> {
    // `sent_at` is never earlier than `stored_at`, so the index on the latter can bound the search.
    return this.db
      .all<{ id: string; storedAt: number }>(
        `SELECT id, stored_at AS storedAt FROM articles INDEXED BY articles_pending
       WHERE state = 'pending' AND stored_at < ? AND coalesce(sent_at, stored_at) < ? ORDER BY stored_at, number LIMIT ?`,
        before,
        before,
        limit,
      )
      .map((row) => ({ ...row }));
  }

  async markDelivered(ids: readonly string[], now: number): Promise<void> {
    this.db.transaction(
      () => {
        for (const id of ids) this.db.run(`UPDATE articles SET sent_at = ? WHERE id = ? AND state = 'pending'`, now, id);
      },
      { visible: false, durable: false },
    );
  }
}
