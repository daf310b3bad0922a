import type { PollOutcome } from '@barometer/ingestion';
import type { Clock } from '@barometer/kernel';
import { HOUR, SECOND } from '@barometer/kernel';
import type { System } from '../context';
import { Rate } from './rate';

/** What the pipeline has done since it started. */
export interface PipelineProgress {
  readonly startedAt: number;
  readonly model: 'loading' | 'ready' | 'failed';
  /** Why the model or the last step failed. */
  readonly message?: string;
  /** Polls that ended, whatever they brought. */
  readonly polled: number;
  readonly pollsFailed: number;
  readonly newArticles: number;
  readonly scored: number;
  readonly scoringFailed: number;
  readonly waiting: number;
  /** Articles scored per second over the last ten seconds. */
  readonly scoredPerSecond: number;
}

type Mutable<T> = { -readonly [K in keyof T]: T[K] };

const TICK = SECOND;
const SCORE_BATCH = 64;
/** After an outage (a full disk, say) a loop waits this long, doubled each time up to a minute. */
const OUTAGE_WAIT = SECOND;

/**
 * Polls, back-fills and scores on one store until it is stopped. Each loop survives a failing step: it says so, waits
 * and goes on, since what it works on is kept in the store and not in memory.
 */
export class Pipeline {
  private readonly stopping = new AbortController();
  private readonly rate: Rate;
  private readonly state: Mutable<Omit<PipelineProgress, 'scoredPerSecond' | 'message'>>;
  /** What fails now, by loop: a loop that does well says nothing about another. */
  private readonly troubles = new Map<string, string>();
  /** Settled when every loop has ended, however it ended. */
  private ended: Promise<unknown> = Promise.resolve();
  private readonly sleepers = new Set<() => void>();

  constructor(private readonly deps: { system: System; clock: Clock; concurrency: number; log: (line: string) => void }) {
    this.rate = new Rate(deps.clock);
    this.state = {
      startedAt: deps.clock.now(), model: 'loading', polled: 0, pollsFailed: 0, newArticles: 0, scored: 0, scoringFailed: 0, waiting: 0,
    };
  }

  /** Begins; rejects when the model cannot be used, since nothing can be scored then, else resolves when stopped. */
  start(): Promise<unknown> {
    this.deps.system.onPending(() => this.wake());
    const loops = [this.pollLoops(), this.scoreLoop(), this.keepLoop()];
    this.ended = Promise.allSettled(loops);
    return Promise.all(loops);
  }

  /** Ends after the steps that are under way; nothing is cut off in the middle. */
  async stop(): Promise<void> {
    this.stopping.abort();
    this.wake();
    await this.ended;
  }

  progress(): PipelineProgress {
    const message = [...this.troubles.values()].at(-1);
    return { ...this.state, scoredPerSecond: this.rate.perSecond(), ...(message !== undefined && { message }) };
  }

  /** As many loops as sources may be polled at a time: one that waits for a slow host holds up none that falls due meanwhile. */
  private async pollLoops(): Promise<void> {
    const { signal } = this.stopping;
    const { concurrency, system } = this.deps;
    const step = async () => {
      const report = await system.pollSources.execute({ concurrency: 1, signal, onPolled: (_source, outcome) => this.count(outcome) });
      return report.polled === 0;
    };
    await Promise.all(Array.from({ length: concurrency }, () => this.repeat('polling', step)));
  }

  private count({ kind, newArticles }: PollOutcome): void {
    this.state.polled += 1;
    this.state.newArticles += newArticles;
    if (kind === 'failed') this.state.pollsFailed += 1;
    if (newArticles > 0) this.wake();
  }

  private async scoreLoop(): Promise<void> {
    await this.loadModel();
    const { system } = this.deps;
    await this.repeat('scoring', async () => {
      const report = await system.scoreArticles.execute({ limit: SCORE_BATCH });
      this.state.scored += report.scored;
      this.state.scoringFailed += report.failed;
      this.rate.add(report.scored);
      this.state.waiting = (await system.backlog()).pending;
      return report.leased === 0;
    });
  }

  private async loadModel(): Promise<void> {
    try {
      await this.deps.system.classifier.ready();
      this.state.model = 'ready';
    } catch (error) {
      this.state.model = 'failed';
      // Whoever started this prints the reason: it is the end.
      this.troubles.set('loading the model', describe('loading the model', error));
      this.stopping.abort();
      this.wake();
      throw error;
    }
  }

  /** What keeps the store in shape: topic back-fills, and once an hour what has expired. */
  private keepLoop(): Promise<void> {
    const { clock, system } = this.deps;
    let expiredAt = -HOUR;
    return this.repeat('keeping the store', async () => {
      const { chunks } = await system.backfillTopics.execute({ maxChunks: 5 });
      if (clock.now() - expiredAt >= HOUR) {
        await system.removeExpired();
        expiredAt = clock.now();
      }
      return chunks === 0;
    });
  }

  /** Repeats a step until stopped; a step that answers `true` found nothing to do and is followed by a pause. */
  private async repeat(what: string, step: () => Promise<boolean>): Promise<void> {
    let outage = OUTAGE_WAIT;
    while (!this.stopping.signal.aborted) {
      try {
        if (await step()) await this.pause(TICK);
        outage = OUTAGE_WAIT;
        this.troubles.delete(what);
      } catch (error) {
        this.fail(what, error);
        await this.pause(outage);
        outage = Math.min(outage * 2, 60 * SECOND);
      }
    }
  }

  private fail(what: string, error: unknown): void {
    const message = describe(what, error);
    if (this.troubles.get(what) !== message) this.deps.log(message);
    this.troubles.set(what, message);
  }

  /** Waits, or ends early when articles begin to wait or the pipeline stops. */
  private pause(milliseconds: number): Promise<void> {
    if (this.stopping.signal.aborted) return Promise.resolve();
    return new Promise((resolve) => {
      const wakeUp = () => {
        clearTimeout(timer);
        this.sleepers.delete(wakeUp);
        resolve();
      };
      const timer = setTimeout(wakeUp, milliseconds);
      this.sleepers.add(wakeUp);
    });
  }

  private wake(): void {
    for (const wakeUp of this.sleepers) wakeUp();
  }
}

function describe(what: string, error: unknown): string {
  return `${what} failed: ${error instanceof Error ? error.message : String(error)}`;
}
