import type { CanaryStatus } from '@barometer/canary';
import type { Clock } from '@barometer/kernel';
import type { ArticleStore } from '../ports/article-store.port';
import type { BackfillReport, BackfillTopics } from './backfill-topics.use-case';
import type { DeliverPending } from './deliver-pending.use-case';
import type { GatherHints } from './gather-hints';
import type { PollReport, PollSources } from './poll-sources.use-case';
import type { SendCanary } from './send-canary.use-case';

export interface RunTickDeps {
  readonly deliverPending: Pick<DeliverPending, 'execute'>;
  readonly pollSources: Pick<PollSources, 'execute'>;
  /** Holds the hints of the polls; absent if they send them directly. */
  readonly hints?: Pick<GatherHints, 'flush'>;
  readonly backfillTopics: Pick<BackfillTopics, 'execute'>;
  /** Absent if the store removes expired articles by itself: deleting them would only cost as much as writing them did. */
  readonly articles?: Pick<ArticleStore, 'removeExpired'>;
  /** Absent if no canary is sent. */
  readonly sendCanary?: Pick<SendCanary, 'execute'>;
  readonly clock: Clock;
}

export type TickStep = 'deliver' | 'canary' | 'poll' | 'back-fill' | 'expire';

/** The outcome of a tick; a failed step is absent and listed in `problems`. */
export interface TickReport {
  readonly delivered?: { readonly sent: number; readonly oldestAgeMs?: number };
  readonly canary?: CanaryStatus;
  readonly polled?: PollReport;
  readonly backfilled?: BackfillReport;
  readonly expired?: number;
  readonly problems: readonly { readonly step: TickStep; readonly error: unknown }[];
}

/** A back-fill continues at the next tick; this only keeps it from starving when polls take all the time. */
const CHUNKS_WHEN_LATE = 1;

/** Everything that a scheduler starts every minute, in a process that may end right afterwards. */
export class RunTick {
  constructor(private readonly deps: RunTickDeps) {}

  /**
   * Sends overdue articles again, and a canary if one is due; polls until no source is due or `signal` is aborted; then
   * back-fills topics and, if the store does not do it by itself, removes expired articles. A failed step does not stop
   * the others.
   */
  async execute({ signal, pollConcurrency, overdueMs }: { signal?: AbortSignal; pollConcurrency?: number; overdueMs?: number } = {}): Promise<TickReport> {
    const { deliverPending, sendCanary, pollSources, hints, backfillTopics, articles, clock } = this.deps;
    const problems: { step: TickStep; error: unknown }[] = [];
    const attempt = async <T>(step: TickStep, work: () => Promise<T>): Promise<T | undefined> => {
      try {
        return await work();
      } catch (error) {
        problems.push({ step, error });
        return undefined;
      }
    };
    // The most overdue work first: it is short, whereas polls may take all the time there is.
    const delivered = await attempt('deliver', () => deliverPending.execute(overdueMs === undefined ? {} : { overdueMs }));
    const canary = sendCanary && (await attempt('canary', () => sendCanary.execute()));
    const polled = await attempt('poll', () =>
      pollSources.execute({ ...(signal && { signal }), ...(pollConcurrency !== undefined && { concurrency: pollConcurrency }) }),
    );
    if (hints) await attempt('deliver', () => hints.flush());
    const backfilled = await attempt('back-fill', () => backfillTopics.execute(signal?.aborted ? { maxChunks: CHUNKS_WHEN_LATE } : {}));
    const expired = articles && (await attempt('expire', () => articles.removeExpired(clock.now())));
    return {
      ...(delivered && { delivered }),
      ...(canary && { canary }),
      ...(polled && { polled }),
      ...(backfilled && { backfilled }),
      ...(expired !== undefined && { expired }),
      problems,
    };
  }
}
