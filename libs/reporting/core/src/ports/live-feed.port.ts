import type { ArticleScored } from '@barometer/events';

/** Tells listeners in this process which articles were scored. */
export interface LiveFeed {
  publish(events: readonly ArticleScored[]): void;
  /** Calls `listener` for every batch published from now on, until the returned function is called. */
  subscribe(listener: (events: readonly ArticleScored[]) => void): () => void;
}
