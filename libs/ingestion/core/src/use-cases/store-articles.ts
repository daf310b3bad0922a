import type { Clock } from '@barometer/kernel';
import type { ArticleIngested } from '@barometer/events';
import type { Article } from '../domain/article';
import type { ArticleStore } from '../ports/article-store.port';
import type { ScoringQueue } from '../ports/scoring-queue.port';

/** Articles in one write: few enough that a long feed does not block other writers of the store. */
const CHUNK = 100;

export interface StoredArticles {
  readonly newArticles: number;
  readonly skipped: number;
  readonly linked: number;
}

/**
 * Stores articles and sends hints for those that wait for a score. A hint is sent after the write and may fail, since
 * the pending index, filled by the same write, guarantees that the article is scored.
 */
export async function storeArticles(
  deps: { readonly articles: ArticleStore; readonly queue: ScoringQueue; readonly clock: Clock },
  articles: readonly Article[],
  log: (line: string) => void,
  chunk = CHUNK,
): Promise<StoredArticles> {
  let [newArticles, skipped, linked] = [0, 0, 0];
  for (let start = 0; start < articles.length; start += chunk) {
    const now = deps.clock.now();
    const report = await deps.articles.addAll(articles.slice(start, start + chunk), now);
    newArticles += report.pending.length + report.skipped;
    skipped += report.skipped;
    linked += report.linked;
    if (report.pending.length > 0) await hint(deps.queue, report.pending, now, log);
  }
  return { newArticles, skipped, linked };
}

async function hint(queue: ScoringQueue, ids: readonly string[], storedAt: number, log: (line: string) => void): Promise<void> {
  try {
    await queue.send(ids.map((articleId): ArticleIngested => ({ type: 'ArticleIngested', version: 1, articleId, storedAt })));
  } catch (error) {
    log(`the scoring queue took no hint, the articles are delivered later: ${error instanceof Error ? error.message : String(error)}`);
  }
}
