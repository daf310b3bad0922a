import { MINUTE, type Clock } from '@barometer/kernel';
import type { PendingArticles } from '../ports/pending-articles.port';
import type { ScoringQueue } from '../ports/scoring-queue.port';

/** Longer than a batch takes to be scored, so that articles in progress are rarely sent again. */
const OVERDUE = 5 * MINUTE;
const LIMIT = 500;

/** Sends articles again that have waited too long for a score. After a crash between sending and recording it they are sent twice, which does no harm. */
export class DeliverPending {
  constructor(private readonly deps: { readonly pending: PendingArticles; readonly queue: ScoringQueue; readonly clock: Clock }) {}

  /** Answers how many were sent, and the age in milliseconds of the oldest of them. */
  async execute({ overdueMs = OVERDUE, limit = LIMIT }: { overdueMs?: number; limit?: number } = {}): Promise<{ sent: number; oldestAgeMs?: number }> {
    const { pending, queue, clock } = this.deps;
    const now = clock.now();
    const overdue = await pending.overdue(now - overdueMs, limit);
    if (overdue.length === 0) return { sent: 0 };
    await queue.send(overdue.map(({ id, storedAt }) => ({ type: 'ArticleIngested', version: 1, articleId: id, storedAt })));
    await pending.markDelivered(
      overdue.map(({ id }) => id),
      now,
    );
    return { sent: overdue.length, oldestAgeMs: now - Math.min(...overdue.map(({ storedAt }) => storedAt)) };
  }
}
