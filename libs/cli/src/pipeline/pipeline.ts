import type { PollFailureKind, PollOutcome } from '@barometer/ingestion';
import type { Clock } from '@barometer/kernel';
import { HOUR, SECOND, StoreError } from '@barometer/kernel';
import type { System } from '../context';
import { Loops, type Step } from './loops';
import { Rate } from './rate';
import { Turns } from './turns';

/** What the pipeline has done since it started. */
export interface PipelineProgress {
  readonly startedAt: number;
  readonly model: 'loading' | 'ready' | 'failed';
  /** Why the model or the last step failed. */
  readonly message?: string;
  /** Polls that ended, whatever they brought. */
  readonly polled: number;
  readonly pollsFailed: number;
  /** The failed polls by what they failed by. */
  readonly pollFailures: Readonly<Partial<Record<PollFailureKind, number>>>;
  readonly newArticles: number;
  readonly scored: number;
  readonly scoringFailed: number;
  /** Episodes of alert rules that began and ended, and notices that were sent. */
  readonly alertsOpened: number;
  readonly alertsClosed: number;
  readonly noticesSent: number;
  readonly waiting: number;
  /** Articles scored per second over the last ten seconds. */
  readonly scoredPerSecond: number;
}

export interface PipelineDeps {
  readonly system: System;
  readonly clock: Clock;
  /** Sources polled at the same time. */
  readonly concurrency: number;
  readonly log: (line: string) => void;
  /** Told what a new store began with. */
  readonly onSeeded?: (added: { readonly sources: number; readonly topics: number }) => void;
}

type Mutable<T> = { -readonly [K in keyof T]: T[K] };

const SCORE_BATCH = 64;
/** Rules look at whole hours, and a table costs for every look. */
const ALERT_TICK = 15 * SECOND;

/**
 * Polls, back-fills and scores on one store until it is stopped. Each loop survives a failing step: it says so, waits
 * and goes on, since what it works on is kept in the store and not in memory.
 */
export class Pipeline {
  private readonly loops: Loops;
  /** Of the poll loops, one at a time asks the store what is due. */
  private readonly turns = new Turns();
  private readonly rate: Rate;
  private readonly state: Mutable<Omit<PipelineProgress, 'scoredPerSecond' | 'message' | 'waiting'>> & { waiting?: number };
  /** Settled when every loop has ended, however it ended. */
  private ended: Promise<unknown> = Promise.resolve();

  constructor(private readonly deps: PipelineDeps) {
    this.loops = new Loops(deps.log);
    this.rate = new Rate(deps.clock);
    this.state = { startedAt: deps.clock.now(), model: 'loading', polled: 0, pollsFailed: 0, pollFailures: {}, newArticles: 0, scored: 0, scoringFailed: 0, alertsOpened: 0, alertsClosed: 0, noticesSent: 0 };
  }

  /**
   * Begins; resolves when stopped, rejects when nothing can be scored because the model cannot be used, or when the list
   * of the first sources cannot.
   */
  start(): Promise<unknown> {
    this.deps.system.onPending(() => this.loops.wake());
    const seeded = this.seed();
    const loops = [seeded.then(() => this.pollLoops()), this.scoreLoop(seeded), seeded.then(() => this.keepLoop()), seeded.then(() => this.alertLoop())];
    this.ended = Promise.allSettled(loops);
    return Promise.all(loops);
  }

  /** Ends after the steps that are under way; nothing is cut off in the middle. */
  async stop(): Promise<void> {
    this.loops.stop();
    await this.ended;
  }

  progress(): PipelineProgress {
    const message = this.loops.trouble;
    return { ...this.state, waiting: this.state.waiting ?? 0, scoredPerSecond: this.rate.perSecond(), ...(message !== undefined && { message }) };
  }

  /** What a new store begins with, before anything is done with it; one that does not answer yet is asked again. */
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
   * As many loops as sources may be polled at a time: one that waits for a slow host holds up none that falls due
   * meanwhile. They take turns at asking what is due; whoever found nothing keeps its turn through the pause.
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

  private async scoreLoop(seeded: Promise<void>): Promise<void> {
    await this.loadModel();
    await seeded;
    const { system } = this.deps;
    await this.loops.repeat('scoring', async () => {
      const report = await system.scoreArticles.execute({ limit: SCORE_BATCH });
      this.state.scored += report.scored;
      this.state.scoringFailed += report.failed;
      this.rate.add(report.scored);
      // Where nothing waited and nothing came, nothing waits: in a table every look costs.
      if (report.leased > 0 || this.state.waiting !== 0) this.state.waiting = (await system.backlog()).pending;
      return report.leased === 0 ? 'nothing' : 'more';
    });
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

  /** What keeps the store in shape: topic back-fills, and once an hour what has expired. */
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
  /** Rules are evaluated and notices sent; what was begun before a crash is taken up again. */
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
