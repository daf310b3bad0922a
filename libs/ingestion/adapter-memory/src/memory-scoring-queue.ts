import type { ArticleIngested } from '@barometer/events';
import type { ScoringQueue } from '@barometer/ingestion';

/** A scoring queue inside the process: `send` calls the listeners. */
export class MemoryScoringQueue implements ScoringQueue {
  private readonly listeners = new Set<(events: readonly ArticleIngested[]) => void>();

  async send(events: readonly ArticleIngested[]): Promise<void> {
    for (const listener of this.listeners) listener(structuredClone(events));
  }

  /** Calls `listener` for every batch sent from now on, until the returned function is called. */
  subscribe(listener: (events: readonly ArticleIngested[]) => void): () => void {
    this.listeners.add(listener);
    return () => this.listeners.delete(listener);
  }
}
