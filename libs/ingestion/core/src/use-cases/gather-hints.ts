import { SECOND, type Clock } from '@barometer/kernel';
import type { ArticleIngested } from '@barometer/events';
import type { ScoringQueue } from '../ports/scoring-queue.port';

/** As many are worth a message or two of their own, and so is one that has waited for so long. */
const ENOUGH = 32;
const LONGEST = 5 * SECOND;

/**
 * Keeps hints back for the others of one tick: polls bring an article or two each, and what is scored together shares its
 * counters. What a process that ends still holds is found in the pending index, as every lost hint is.
 */
export class GatherHints implements ScoringQueue {
  private held: ArticleIngested[] = [];
  private since = 0;

  constructor(private readonly deps: { readonly queue: ScoringQueue; readonly clock: Clock }) {}

  /** Holds these, and sends all that is held once it is much or has waited for some seconds. */
  async send(events: readonly ArticleIngested[]): Promise<void> {
    if (this.held.length === 0) this.since = this.deps.clock.now();
    this.held.push(...events);
    if (this.held.length >= ENOUGH || this.deps.clock.now() - this.since >= LONGEST) await this.flush();
  }

  /** Sends what is held; what the queue does not take is not held any longer. Throws what the queue throws. */
  async flush(): Promise<void> {
    const events = this.held;
    this.held = [];
    if (events.length > 0) await this.deps.queue.send(events);
  }
}
