import type { ArticleIngested } from '@barometer/events';

/** Carries hints that articles wait for a score. Losing one costs time, never an article. */
export interface ScoringQueue {
  send(events: readonly ArticleIngested[]): Promise<void>;
}
