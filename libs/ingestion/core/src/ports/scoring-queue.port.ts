import type { ArticleIngested } from '@barometer/events';

/** Carries hints that articles wait for a score. A lost hint costs time, never an article. */
export interface ScoringQueue {
  /** Sends an event for each article; the queue decides how many go into one message. */
  send(events: readonly ArticleIngested[]): Promise<void>;
}
