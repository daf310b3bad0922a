import type { Clock } from '@barometer/kernel';
import type { ArticleStore } from '../ports/article-store.port';
import type { BackfillReport, BackfillTopics } from './backfill-topics.use-case';
import type { DeliverPending } from './deliver-pending.use-case';
import type { GatherHints } from './gather-hints';
import type { PollReport, PollSources } from './poll-sources.use-case';

export interface RunTickDeps {
  readonly deliverPending: Pick<DeliverPending, 'execute'>;
  readonly pollSources: Pick<PollSources, 'execute'>;
  /** Holds what the polls announce; absent where they send it themselves. */
  readonly hints?: Pick<GatherHints, 'flush'>;
  readonly backfillTopics: Pick<BackfillTopics, 'execute'>;
  /** Absent where the store removes what has expired by itself: to delete it would only cost what writing it did. */
  readonly articles?: Pick<ArticleStore, 'removeExpired'>;
  readonly clock: Clock;
}

export type TickStep = 'deliver' | 'poll' | 'back-fill' | 'expire';

/** What a tick came to; a step that failed is absent and stands in `problems`. */
export interface TickReport {
  readonly delivered?: { readonly sent: number; readonly oldestAgeMs?: number };
  readonly polled?: PollReport;
  readonly backfilled?: BackfillReport;
  readonly expired?: number;
  readonly problems: readonly { readonly step: TickStep; readonly error: unknown }[];
}

/** A back-fill goes on at the next tick; it only must not starve behind polls that take all the time. */
const CHUNKS_WHEN_LATE = 1;

/** All that a scheduler has to start every minute, in a process that may end right after. */
export class RunTick {
  constructor(private readonly deps: RunTickDeps) {}

  /**
   * Sends again what is overdue, polls until no source is due or `signal` is aborted, then back-fills topics and, where
   * the store does not do it by itself, removes what has expired. A step that fails stops none of the others.
   */
  async execute({ signal, pollConcurrency, overdueMs }: { signal?: AbortSignal; pollConcurrency?: number; overdueMs?: number } = {}): Promise<TickReport> {
    const { deliverPending, pollSources, hints, backfillTopics, articles, clock } = this.deps;
    const problems: { step: TickStep; error: unknown }[] = [];
    const attempt = async <T>(step: TickStep, work: () => Promise<T>): Promise<T | undefined> => {
      try {
        return await work();
      } catch (error) {
        problems.push({ step, error });
        return undefined;
      }
    };
    // First what waits longest: it takes a moment, and a poll may take all the time there is.
    const delivered = await attempt('deliver', () => deliverPending.execute(overdueMs === undefined ? {} : { overdueMs }));
    const polled = await attempt('poll', () => pollSources.execute({ ...(signal && { signal }), ...(pollConcurrency !== undefined && { concurrency: pollConcurrency }) }));
    if (hints) await attempt('deliver', () => hints.flush());
    const backfilled = await attempt('back-fill', () => backfillTopics.execute(signal?.aborted ? { maxChunks: CHUNKS_WHEN_LATE } : {}));
    const expired = articles && (await attempt('expire', () => articles.removeExpired(clock.now())));
    return { ...(delivered && { delivered }), ...(polled && { polled }), ...(backfilled && { backfilled }), ...(expired !== undefined && { expired }), problems };
  }
}
