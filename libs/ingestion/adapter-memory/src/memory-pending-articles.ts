import type { PendingArticle, PendingArticles } from '@barometer/ingestion';
import type { MemoryDatabase } from '@barometer/storage-memory';

/** The pending index in memory. */
export class MemoryPendingArticles implements PendingArticles {
  constructor(private readonly db: MemoryDatabase) {}

  async overdue(before: number, limit: number): Promise<readonly PendingArticle[]> {
    return [...this.db.articles.values()]
      .filter((article) => article.state === 'pending' && (article.sentAt ?? article.storedAt) < before)
      .sort((a, b) => a.storedAt - b.storedAt || a.number - b.number)
      .slice(0, limit)
      .map(({ id, storedAt }) => ({ id, storedAt }));
  }

  async markDelivered(ids: readonly string[], now: number): Promise<void> {
    for (const id of ids) {
      const article = this.db.articles.get(id);
      if (article?.state === 'pending') this.db.articles.set(id, { ...article, sentAt: now });
    }
  }
}
