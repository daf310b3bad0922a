import { setTimeout as wait } from 'node:timers/promises';
import { DynamoDbSourceStore } from '@barometer/ingestion-dynamodb';
import { systemClock } from '@barometer/kernel';
import { DynamoDbReportStore } from '@barometer/reporting-dynamodb';
import type { LocalAws, ServiceAnswer } from '../local-aws';
import { addSources, addWriteKey } from '../seed-table';
import { startLoadFeeds } from './load-feeds';
import { Samples } from './samples';

export interface LoadOptions {
  readonly seconds: number;
  readonly feeds: number;
  /** Articles published by the feeds, and requests by readers, per second. */
  readonly articlesASecond: number;
  readonly readsASecond: number;
  /** All sources are due again after this time; when deployed there is a tick a minute, and each source has its own interval. */
  readonly tickSeconds: number;
}

/** The result of a load. Times in milliseconds, unless stated otherwise. */
export interface LoadReport {
  readonly options: LoadOptions;
  /** Seconds for which articles were published and readers sent requests: shorter than requested if it was stopped early. */
  readonly seconds: number;
  readonly articles: { readonly published: number; readonly stored: number; readonly scored: number; readonly failed: number; readonly pending: number };
  readonly ticks: {
    readonly durations: Samples;
    readonly failed: number;
    readonly polls: number;
    readonly failedPolls: number;
    readonly reasons: ReadonlyMap<string, number>;
  };
  readonly batches: { readonly durations: Samples; readonly articles: Samples; readonly failed: number };
  /** For each message that reached the scorer, how long ago its first article was stored. */
  readonly queueAge: Samples;
  readonly reads: { readonly durations: Samples; readonly errors: number; readonly throttled: number };
  /** The functions' requests to the stand-ins for AWS: all, cancelled transactions, which are tried again, and other refusals by kind. */
  readonly requests: { readonly table: number; readonly queue: number; readonly cancelled: number; readonly refused: ReadonlyMap<string, number> };
}

/** The requests of a reader's page. */
const READS = ['status', 'mood', 'timeline', 'articles', 'stories', 'breakdown?by=source', 'breakdown?by=topic'];
/** How long stored articles may take to be scored after the load. */
const DRAIN_SECONDS = 60;

/** Counts the answers that functions get; pass it to `startLocalAws` before the load. */
export class AnswerCounts {
  private table = 0;
  private queue = 0;
  private cancelled = 0;
  private readonly refused = new Map<string, number>();

  readonly note = ({ service, error }: ServiceAnswer): void => {
    if (service === 'dynamodb') this.table += 1;
    if (service === 'sqs') this.queue += 1;
    if (error === undefined) return;
    // A failed condition is an answer, not a fault.
    if (error === 'ConditionalCheckFailedException') return;
    if (error === 'TransactionCanceledException') this.cancelled += 1;
    else this.refused.set(error, (this.refused.get(error) ?? 0) + 1);
  };

  report(): LoadReport['requests'] {
    return { table: this.table, queue: this.queue, cancelled: this.cancelled, refused: new Map(this.refused) };
  }
}

/**
 * Publishes, polls, scores and reads at these rates until the time is over or `signal` is aborted, then waits until
 * stored articles are scored.
 */
export async function runLoad(aws: LocalAws, counts: AnswerCounts, options: LoadOptions, signal: AbortSignal): Promise<LoadReport> {
  const feeds = await startLoadFeeds({ count: options.feeds, itemsASecond: options.articlesASecond });
  try {
    return await new Load(aws, counts, options, signal).run(feeds);
  } finally {
    await feeds.close();
  }
}

class Load {
  private readonly ticks = { durations: new Samples(), failed: 0, polls: 0, failedPolls: 0, newArticles: 0, reasons: new Map<string, number>() };
  private readonly batches = { durations: new Samples(), articles: new Samples(), failed: 0 };
  private readonly queueAge = new Samples();
  private readonly reads = { durations: new Samples(), errors: 0, throttled: 0 };
  private readonly asked: Promise<void>[] = [];
  /** Batches that Analysis has not answered for: it stores their scores before it answers. */
  private readonly unanswered = new Set<Promise<unknown>>();
  private readonly sources: DynamoDbSourceStore;

  constructor(
    private readonly aws: LocalAws,
    private readonly counts: AnswerCounts,
    private readonly options: LoadOptions,
    private readonly signal: AbortSignal,
  ) {
    this.sources = new DynamoDbSourceStore(aws.table);
  }

  async run(feeds: Awaited<ReturnType<typeof startLoadFeeds>>): Promise<LoadReport> {
    const key = await addWriteKey(this.aws.table);
    await addSources(this.aws.table, { sources: feeds.urls.map((url, number) => ({ name: `Load ${number}`, url })) });
    this.watchBatches();
    this.aws.poller.start();
    const begun = Date.now();
    feeds.begin();
    const end = begun + this.options.seconds * 1_000;
    const isOver = () => this.signal.aborted || Date.now() >= end;
    const polling = this.poll(isOver, end);
    // Work in progress at the end may take longer: nothing is published and no reader sends requests any more.
    await this.read(isOver, key, begun);
    const seconds = (Math.min(Date.now(), end) - begun) / 1_000;
    feeds.stop();
    await Promise.race([Promise.all([polling, ...this.asked]), this.aborted()]);
    const status = await this.drain();
    await Promise.race([Promise.allSettled(this.unanswered), this.aborted()]);
    return {
      options: this.options,
      seconds,
      ticks: this.ticks,
      batches: this.batches,
      queueAge: this.queueAge,
      reads: this.reads,
      requests: this.counts.report(),
      articles: { published: feeds.published(), stored: this.ticks.newArticles, ...status },
    };
  }

  /** Rounds of polls, each begun this long after the previous one, or when that one ends. */
  private async poll(isOver: () => boolean, end: number): Promise<void> {
    while (!isOver()) {
      const next = Math.min(end, Date.now() + this.options.tickSeconds * 1_000);
      await this.tick();
      await this.pause(next - Date.now());
    }
  }

  private async tick(): Promise<void> {
    for (const { id } of await this.sources.list()) await this.sources.makeDue(id, systemClock.now());
    const begun = performance.now();
    try {
      const { polled } = (await this.aws.functions.ingestion.invoke({})) as { polled?: { polled: number; failed: number; newArticles: number } };
      this.ticks.polls += polled?.polled ?? 0;
      this.ticks.failedPolls += polled?.failed ?? 0;
      this.ticks.newArticles += polled?.newArticles ?? 0;
      if (polled && polled.failed > 0) await this.noteReasons();
    } catch {
      this.ticks.failed += 1;
    }
    this.ticks.durations.add(performance.now() - begun);
  }

  private async noteReasons(): Promise<void> {
    for (const {
      health: { status, message = 'without a reason' },
    } of await this.sources.list()) {
      if (status === 'failed') this.ticks.reasons.set(message, (this.ticks.reasons.get(message) ?? 0) + 1);
    }
  }

  /** Sends requests at its rate, whether previous ones are answered or not: readers do not wait for one another. */
  private async read(isOver: () => boolean, key: string, begun: number): Promise<void> {
    for (let number = 0; !isOver(); number += 1) {
      await this.pause(begun + (number / this.options.readsASecond) * 1_000 - Date.now());
      if (!isOver()) this.asked.push(this.ask(READS[number % READS.length] as string, key));
    }
  }

  private async ask(path: string, key: string): Promise<void> {
    const begun = performance.now();
    try {
      const response = await fetch(`${this.aws.address}/api/v1/${path}`, { headers: { authorization: `Bearer ${key}` }, signal: AbortSignal.timeout(30_000) });
      await response.arrayBuffer();
      if (response.status === 429) this.reads.throttled += 1;
      else if (response.status !== 200) this.reads.errors += 1;
    } catch {
      this.reads.errors += 1;
    }
    this.reads.durations.add(performance.now() - begun);
  }

  /** Records the batches that the poller passes to Analysis. */
  private watchBatches(): void {
    const { analysis } = this.aws.functions;
    const invoke = analysis.invoke.bind(analysis);
    const watch = async (event: unknown) => {
      const { Records: records = [] } = event as { Records?: { body: string }[] };
      const messages = records.map(({ body }) => JSON.parse(body) as { storedAt: number; more?: unknown[] });
      for (const { storedAt } of messages) this.queueAge.add(Math.max(0, Date.now() - storedAt));
      const begun = performance.now();
      try {
        return await invoke(event);
      } catch (error) {
        this.batches.failed += 1;
        throw error;
      } finally {
        this.batches.durations.add(performance.now() - begun);
        this.batches.articles.add(messages.reduce((sum, { more = [] }) => sum + 1 + more.length, 0));
      }
    };
    analysis.invoke = (event) => {
      const answer = watch(event);
      this.unanswered.add(answer);
      return answer.finally(() => this.unanswered.delete(answer));
    };
  }

  /** Polls once more, so that everything published is stored, and waits for the scores. */
  private async drain(): Promise<{ scored: number; failed: number; pending: number }> {
    const reports = new DynamoDbReportStore(this.aws.table, systemClock);
    if (!this.signal.aborted) await this.tick();
    for (const end = Date.now() + DRAIN_SECONDS * 1_000; ; ) {
      const { scored, failed, pending } = await reports.status();
      if (pending === 0 || this.signal.aborted || Date.now() >= end) return { scored, failed, pending };
      await this.pause(250);
    }
  }

  private async aborted(): Promise<void> {
    if (!this.signal.aborted) await new Promise<void>((resolve) => this.signal.addEventListener('abort', () => resolve(), { once: true }));
  }

  private async pause(milliseconds: number): Promise<void> {
    if (milliseconds > 0) await wait(milliseconds, undefined, { signal: this.signal }).catch(() => undefined);
  }
}
