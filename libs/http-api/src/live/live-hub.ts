import type { ArticleScored } from '@barometer/events';
import type { Clock } from '@barometer/kernel';
import type { LiveFeed } from '@barometer/reporting';
import { PassThrough } from 'node:stream';
import type { LiveBatch, LiveBye, LiveHello } from '../contract/live';

export interface LiveLimits {
  /** Maximum number of listeners. */
  readonly listeners: number;
  /** Minimum time between two batches. */
  readonly batchMs: number;
  /** Maximum silence: then a comment keeps the connection open. */
  readonly heartbeatMs: number;
  /** A stream ends after this time; the browser reconnects by itself, with a key that must still be valid. */
  readonly lifetimeMs: number;
}

export const defaultLiveLimits: LiveLimits = { listeners: 100, batchMs: 1_000, heartbeatMs: 15_000, lifetimeMs: 3_600_000 };

/** Articles listed in one batch; the others of a busy second are only counted. */
const BATCH_ITEMS = 100;
const RETRY_MS = 2_000;
const FAREWELL_MS = 1_000;

interface Listener {
  readonly stream: PassThrough;
  readonly since: number;
  /** Since when the listener has not read what was written. */
  stalledAt: number | undefined;
  readonly isStillAllowed?: () => Promise<boolean>;
}

/**
 * Sends the events of the live feed to every open stream, as server-sent events, at most one batch a second. A listener
 * that does not read misses batches (the page reads the lists again anyway), and is cut off after two heartbeats.
 */
export class LiveHub {
  private readonly listeners = new Set<Listener>();
  private waiting: ArticleScored[] = [];
  private dropped = 0;
  private batches = 0;
  private timer: NodeJS.Timeout | undefined;
  private lastWrite = 0;
  private readonly unsubscribe: () => void;

  constructor(
    feed: LiveFeed,
    private readonly clock: Clock,
    private readonly limits: LiveLimits = defaultLiveLimits,
  ) {
    this.unsubscribe = feed.subscribe((events) => this.collect(events));
  }

  get full(): boolean {
    return this.listeners.size >= this.limits.listeners;
  }

  /** A stream of events that begins with `hello`, and ends within a second after `isStillAllowed` answers no. */
  open(hello: LiveHello, isStillAllowed?: () => Promise<boolean>): PassThrough {
    const stream = new PassThrough();
    const listener: Listener = { stream, since: this.clock.now(), stalledAt: undefined, ...(isStillAllowed && { isStillAllowed }) };
    this.listeners.add(listener);
    stream.once('close', () => this.forget(listener));
    stream.on('error', () => this.forget(listener));
    stream.write(`retry: ${RETRY_MS}\n${eventText('hello', hello)}`);
    if (this.timer === undefined) this.lastWrite = this.clock.now();
    this.timer ??= setInterval(() => this.tick(), this.limits.batchMs).unref();
    return stream;
  }

  /** Ends every stream with a `bye` event; resolves when all have read it, or after a second if some do not read. */
  async close(): Promise<void> {
    this.unsubscribe();
    const streams = [...this.listeners].map(({ stream }) => stream);
    for (const listener of this.listeners) this.end(listener, 'The server is stopping.');
    const taken = Promise.all(streams.map((stream) => new Promise((resolve) => stream.once('close', resolve))));
    const patience = setTimeout(() => streams.forEach((stream) => stream.destroy()), FAREWELL_MS);
    await taken;
    clearTimeout(patience);
  }

  private collect(events: readonly ArticleScored[]): void {
    if (this.listeners.size === 0) return;
    const room = Math.max(0, BATCH_ITEMS - this.waiting.length);
    this.waiting.push(...events.slice(0, room));
    this.dropped += Math.max(0, events.length - room);
  }

  private tick(): void {
    const now = this.clock.now();
    for (const listener of this.listeners) {
      if (now - listener.since >= this.limits.lifetimeMs) this.end(listener, 'The stream has reached its age.');
    }
    for (const listener of this.listeners) void this.checkAccess(listener);
    if (this.waiting.length > 0) this.write(this.takeBatch(now), now);
    else if (now - this.lastWrite >= this.limits.heartbeatMs) this.write(': still here\n\n', now);
  }

  /** A store that does not answer now ends no stream: the key was valid at the beginning. */
  private async checkAccess(listener: Listener): Promise<void> {
    const isAllowed = (await listener.isStillAllowed?.().catch(() => true)) ?? true;
    if (!isAllowed && this.listeners.has(listener)) this.end(listener, 'The access key is not valid any more.');
  }

  private takeBatch(now: number): string {
    const batch: LiveBatch = {
      at: new Date(now).toISOString(),
      items: this.waiting.map(({ articleId, scoredAt, sourceIds, topicIds, sentiment }) => ({
        articleId,
        scoredAt: new Date(scoredAt).toISOString(),
        sourceIds,
        topicIds,
        sentiment,
      })),
      dropped: this.dropped,
    };
    this.waiting = [];
    this.dropped = 0;
    this.batches += 1;
    return `id: ${this.batches}\n${eventText('scored', batch)}`;
  }

  private write(text: string, now: number): void {
    this.lastWrite = now;
    for (const listener of this.listeners) {
      if (!listener.stream.writableNeedDrain) {
        listener.stalledAt = undefined;
        listener.stream.write(text);
      } else {
        listener.stalledAt ??= now;
        if (now - listener.stalledAt >= 2 * this.limits.heartbeatMs) listener.stream.destroy();
      }
    }
  }

  private end(listener: Listener, reason: string): void {
    const bye: LiveBye = { reason, retryMs: RETRY_MS };
    listener.stream.end(eventText('bye', bye));
    this.forget(listener);
  }

  private forget(listener: Listener): void {
    this.listeners.delete(listener);
    if (this.listeners.size > 0) return;
    clearInterval(this.timer);
    this.timer = undefined;
    this.waiting = [];
    this.dropped = 0;
  }
}

function eventText(name: string, data: LiveHello | LiveBatch | LiveBye): string {
  return `event: ${name}\ndata: ${JSON.stringify(data)}\n\n`;
}
