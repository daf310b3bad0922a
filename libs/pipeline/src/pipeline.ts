import type { RunAlerts } from '@barometer/alerting';
import type { BackfillTopics, PollOutcome, PollSources, SendCanary } from '@barometer/ingestion';
import type { Clock } from '@barometer/kernel';
import { HOUR, SECOND, StoreError } from '@barometer/kernel';
import type { ScoreArticles, SentimentClassifier } from '@barometer/sentiment';
import { Loops, type Step } from './loops';
import type { PipelineProgress } from './pipeline-progress';
import { Rate } from './rate';
import { Turns } from './turns';

/** The use cases on one open store that the pipeline repeats. */
export interface PipelineSystem {
  readonly pollSources: Pick<PollSources, 'execute'>;
  /** Absent where no canary is sent. */
  readonly sendCanary?: Pick<SendCanary, 'execute'>;
  readonly backfillTopics: Pick<BackfillTopics, 'execute'>;
  readonly scoreArticles: Pick<ScoreArticles, 'execute'>;
  readonly runAlerts: Pick<RunAlerts, 'execute'>;
  readonly classifier: Pick<SentimentClassifier, 'ready'>;
  /** How many articles are pending, and how many have failed. */
  backlog(): Promise<{ readonly pending: number; readonly failed: number }>;
  /** Removes what has expired; answers how many articles were removed. */
  removeExpired(): Promise<number>;
  /** Adds to a new store, once, the sources, topics and alerts that the settings name; answers how many sources and topics were added. */
  seed(): Promise<{ sources: number; topics: number }>;
  /** Calls `listener` whenever articles may have become pending. */
  onPending(listener: () => void): void;
}

export interface PipelineDeps {
  readonly system: PipelineSystem;
  readonly clock: Clock;
  /** Number of concurrent polls. */
  readonly concurrency: number;
  readonly log: (line: string) => void;
  /** Called with the number of sources and topics that a new store was given. */
  readonly onSeeded?: (added: { readonly sources: number; readonly topics: number }) => void;
}

type Mutable<T> = { -readonly [K in keyof T]: T[K] };

const SCORE_BATCH = 64;
/**
 * Concurrent batches: while one is stored, or waits for polls to finish with the store, the model scores the other. All
 * loops but one are active only while articles are pending.
 */
const SCORERS = 2;
/** Rules are evaluated for whole hours, and every evaluation costs money on a table. */
const ALERT_TICK = 15 * SECOND;
/** How often to check whether a canary is due; the store is read each time. */
const CANARY_TICK = 15 * SECOND;

/**
 * Polls, back-fills and scores on one store until it is stopped. Each loop survives a failing step: it reports the
 * failure, waits and continues, since its work is kept in the store and not in memory.
 */
export class Pipeline {
  private readonly loops: Loops;
  /** Only one poll loop at a time asks the store for due sources. */
  private readonly turns = new Turns();
  private readonly rate: Rate;
  private readonly state: Mutable<Omit<PipelineProgress, 'scoredPerSecond' | 'message' | 'waiting'>> & { waiting?: number };
  /** Settles when every loop has ended, in whatever way. */
  private ended: Promise<unknown> = Promise.resolve();

  constructor(private readonly deps: PipelineDeps) {
    this.loops = new Loops(deps.log);
    this.rate = new Rate(deps.clock);
    this.state = {
      startedAt: deps.clock.now(),
      model: 'loading',
      polled: 0,
      pollsFailed: 0,
      pollFailures: {},
      newArticles: 0,
      scored: 0,
      scoringFailed: 0,
      alertsOpened: 0,
      alertsClosed: 0,
      noticesSent: 0,
    };
  }

  /**
   * Starts; resolves when stopped, rejects when nothing can be scored because the model cannot be used, or when the
   * list of the first sources is invalid.
   */
  start(): Promise<unknown> {
    this.deps.system.onPending(() => this.loops.wake());
    const seeded = this.seed();
    const loops = [
      seeded.then(() => this.pollLoops()),
      this.scoreLoops(seeded),
      seeded.then(() => this.keepLoop()),
      seeded.then(() => this.alertLoop()),
      seeded.then(() => this.canaryLoop()),
    ];
    this.ended = Promise.allSettled(loops);
    return Promise.all(loops);
  }

  /** Stops after the steps in progress; nothing is cut off in the middle. */
  async stop(): Promise<void> {
    this.loops.stop();
    await this.ended;
  }

  progress(): PipelineProgress {
    const message = this.loops.trouble;
    return { ...this.state, waiting: this.state.waiting ?? 0, scoredPerSecond: this.rate.perSecond(), ...(message !== undefined && { message }) };
  }

  /** Adds the initial content to a new store before anything else is done; tries again while the store does not answer. */
  private async seed(): Promise<void> {
    const { system, onSeeded } = this.deps;
    let refusal: { readonly reason: unknown } | undefined;
    await this.loops.repeat('adding the first sources', async () => {
      try {
        onSeeded?.(await system.seed());
      } catch (reason) {
        if (reason instanceof StoreError) throw reason;
        refusal = { reason };
      }
      return 'done';
    });
    if (refusal) throw refusal.reason;
  }

  /**
   * As many loops as concurrent polls: a loop that waits for a slow host delays no source that becomes due meanwhile.
   * They take turns in asking for due sources; a loop that found none keeps its turn through the pause.
   */
  private async pollLoops(): Promise<void> {
    await Promise.all(Array.from({ length: this.deps.concurrency }, () => this.loops.repeat('polling', () => this.pollOne())));
  }

  private async pollOne(): Promise<Step> {
    const { signal } = this.loops;
    const endTurn = await this.turns.take();
    try {
      const onPolled = (_source: unknown, outcome: PollOutcome) => this.count(outcome);
      const report = await this.deps.system.pollSources.execute({ limit: 1, signal, onBegun: endTurn, onPolled });
      if (report.polled === 0) await this.loops.pause();
      return 'more';
    } finally {
      endTurn();
    }
  }

  private count({ kind, newArticles, failure = 'unexpected' }: PollOutcome): void {
    this.state.polled += 1;
    this.state.newArticles += newArticles;
    if (kind === 'failed') {
      this.state.pollsFailed += 1;
      this.state.pollFailures = { ...this.state.pollFailures, [failure]: (this.state.pollFailures[failure] ?? 0) + 1 };
    }
    if (newArticles > 0) this.loops.wake();
  }

  private async scoreLoops(seeded: Promise<void>): Promise<void> {
    await this.loadModel();
    await seeded;
    await Promise.all(
      Array.from({ length: SCORERS }, (_, index) =>
        this.loops.repeat('scoring', () => (index > 0 && !this.state.waiting ? Promise.resolve('nothing' as const) : this.scoreBatch())),
      ),
    );
  }

  private async scoreBatch(): Promise<Step> {
    const { system } = this.deps;
    const report = await system.scoreArticles.execute({ limit: SCORE_BATCH });
    this.state.scored += report.scored;
    this.state.scoringFailed += report.failed;
    this.rate.add(report.scored);
    // If nothing was pending and nothing new came, nothing is pending: on a table every count costs money.
    if (report.leased > 0 || this.state.waiting !== 0) this.state.waiting = (await system.backlog()).pending;
    return report.leased === 0 ? 'nothing' : 'more';
  }

  private async loadModel(): Promise<void> {
    try {
      await this.deps.system.classifier.ready();
      this.state.model = 'ready';
    } catch (error) {
      this.state.model = 'failed';
      this.loops.gaveUp('loading the model', error);
      this.loops.stop();
      throw error;
    }
  }

  /** Maintains the store: topic back-fills, and once an hour the removal of what has expired. */
  private keepLoop(): Promise<void> {
    const { clock, system } = this.deps;
    let expiredAt = -HOUR;
    return this.loops.repeat('keeping the store', async () => {
      const { chunks } = await system.backfillTopics.execute({ maxChunks: 5 });
      if (clock.now() - expiredAt >= HOUR) {
        await system.removeExpired();
        expiredAt = clock.now();
      }
      return chunks === 0 ? 'nothing' : 'more';
    });
  }

  /** Sends the canary, a sentence with a known tone. It has a separate loop, so that it tests scoring even when polling hangs. */
  private async canaryLoop(): Promise<void> {
    const {
      clock,
      system: { sendCanary },
    } = this.deps;
    if (!sendCanary) return;
    let lookedAt = -Infinity;
    await this.loops.repeat('sending the canary', async () => {
      if (Math.abs(clock.now() - lookedAt) < CANARY_TICK) return 'nothing';
      lookedAt = clock.now();
      await sendCanary.execute();
      this.loops.wake();
      return 'nothing';
    });
  }

  /** Evaluates rules and sends notices; continues what was begun before a crash. */
  private alertLoop(): Promise<void> {
    const { clock, system } = this.deps;
    let lookedAt = -Infinity;
    return this.loops.repeat('alerts', async () => {
      if (Math.abs(clock.now() - lookedAt) < ALERT_TICK) return 'nothing';
      lookedAt = clock.now();
      const { opened, closed, sent } = await system.runAlerts.execute();
      this.state.alertsOpened += opened;
      this.state.alertsClosed += closed;
      this.state.noticesSent += sent;
      return 'nothing';
    });
  }
}
