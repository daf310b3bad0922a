import { SECOND, type Clock } from '@barometer/kernel';
import type { ArticleIngested } from '@barometer/events';
import type { ScoringQueue } from '../ports/scoring-queue.port';

/** So many hints are worth a message or two of their own, and so is one that has waited this long. */
const ENOUGH = 32;
const LONGEST = 5 * SECOND;

/**
 * Holds hints back to send them together with others of the same tick: polls bring an article or two each, and articles
 * that are scored together share counter updates. If a process ends with hints unsent, their articles are found in the
 * pending index, as after any lost hint.
 */
export class GatherHints implements ScoringQueue {
  private held: ArticleIngested[] = [];
  private since = 0;

  constructor(private readonly deps: { readonly queue: ScoringQueue; readonly clock: Clock }) {}

  /** Holds these hints; sends all once they are many or have waited for some seconds. */
  async send(events: readonly ArticleIngested[]): Promise<void> {
    if (this.held.length === 0) this.since = this.deps.clock.now();
    this.held.push(...events);
    if (this.held.length >= ENOUGH || this.deps.clock.now() - this.since >= LONGEST) await this.flush();
  }

  /** Sends all hints; those that the queue refuses are dropped. Throws the queue's error. */
  async flush(): Promise<void> {
    const events = this.held;
    this.held = [];
    if (events.length > 0) await this.deps.queue.send(events);
  }
}
