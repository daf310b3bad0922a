import type { ArticleIngested } from '@barometer/events';

/** Carries hints that articles wait for a score. Losing one costs time, never an article. */
export interface ScoringQueue {
  /** An event an article; how many go into one message is the queue's affair. */
  send(events: readonly ArticleIngested[]): Promise<void>;
}
