import type { Capabilities, Status } from '@barometer/http-api/contract';
import { address, api, type ApiClient } from '../api/client';
import { ProblemError, UnreachableError } from '../api/errors';
import { followLive } from '../api/live-stream';
import { BackOff } from './back-off';

export type Link = 'connecting' | 'live' | 'polling' | 'offline' | 'locked';

export interface ConnectionState {
  readonly link: Link;
  readonly status?: Status;
  readonly capabilities?: Capabilities;
  /** Grows whenever the data may have changed; every resource is then read again. */
  readonly version: number;
  /** When the next attempt is made, while the server does not answer. */
  readonly retryAt?: number;
  /** When it last answered. */
  readonly contactAt?: number;
  /** The oldest time of the figures shown, if they are kept ones. */
  readonly keptAt?: number;
}

const BUSY_MS = 2_000;
const IDLE_MS = 15_000;
const BATCH_MS = 1_500;
const FIRST_RETRY_MS = 1_000;
const MAX_RETRY_MS = 15_000;

/**
 * The page's one link to the server: reads its status, follows its stream if there is one, and tries again by itself
 * when nothing answers. Listeners get every new state.
 */
export class Connection {
  private state: ConnectionState = { link: 'connecting', version: 0 };
  private readonly listeners = new Set<() => void>();
  private readonly backOff = new BackOff(FIRST_RETRY_MS, MAX_RETRY_MS);
  private streaming = false;
  private stopStream: (() => void) | undefined;
  private timer: ReturnType<typeof setTimeout> | undefined;
  private bumpTimer: ReturnType<typeof setTimeout> | undefined;

  constructor(private readonly client: ApiClient = api) {
    client.onKept = (at) => this.kept(at);
  }

  readonly current = (): ConnectionState => this.state;

  readonly subscribe = (listener: () => void): (() => void) => {
    this.listeners.add(listener);
    return () => this.listeners.delete(listener);
  };

  start(): () => void {
    const visible = () => document.visibilityState === 'visible' && this.check();
    document.addEventListener('visibilitychange', visible);
    // A service worker that takes control has kept nothing yet of what is shown (offline/worker.ts).
    const workers = navigator.serviceWorker as ServiceWorkerContainer | undefined;
    workers?.addEventListener('controllerchange', this.refresh);
    void this.check();
    return () => {
      document.removeEventListener('visibilitychange', visible);
      workers?.removeEventListener('controllerchange', this.refresh);
      this.closeStream();
      clearTimeout(this.timer);
      clearTimeout(this.bumpTimer);
    };
  }

  /** Reads the status now, and everything on the page. */
  readonly refresh = (): void => {
    this.bump();
    void this.check();
  };

  /** A request got no answer: check the server, and report the result. */
  readonly doubt = (): void => {
    if (this.state.link !== 'offline') void this.check();
  };

  private readonly check = async (): Promise<void> => {
    clearTimeout(this.timer);
    try {
      const capabilities = this.state.capabilities ?? (await this.client.get<Capabilities>(address('/capabilities')));
      const status = await this.client.get<Status>(address('/status'));
      this.answered(capabilities, status);
    } catch (error) {
      this.failed(error);
    }
  };

  private answered(capabilities: Capabilities, status: Status): void {
    const changed =
      this.backOff.hasFailed || this.state.keptAt !== undefined || this.state.link === 'locked' || signature(status) !== signature(this.state.status);
    this.backOff.succeeded();
    const { retryAt: _, keptAt: _kept, ...rest } = this.state;
    this.set({ ...rest, capabilities, status, contactAt: Date.now(), link: this.streaming ? 'live' : 'polling' });
    if (changed) this.bumpSoon();
    if (capabilities.live === 'sse' && !this.stopStream) this.openStream();
    const busy = status.sample || status.progress.phase !== 'idle' || status.model.state === 'loading';
    this.checkIn(busy ? BUSY_MS : capabilities.live === 'poll' ? capabilities.pollMs : IDLE_MS);
  }

  /** A kept answer stands in for a new one: a request got no answer. */
  private kept(at: number): void {
    if (this.state.keptAt === undefined || at < this.state.keptAt) this.set({ ...this.state, keptAt: Math.min(at, this.state.keptAt ?? at) });
    this.doubt();
  }

  private failed(error: unknown): void {
    this.closeStream();
    if (error instanceof ProblemError && error.status === 401) {
      const { capabilities: _, keptAt: _kept, ...rest } = this.state;
      return this.set({ ...rest, link: 'locked' });
    }
    const wait = this.backOff.failed();
    const link = error instanceof UnreachableError || this.state.link === 'offline' ? 'offline' : 'polling';
    this.set({ ...this.state, link, retryAt: Date.now() + wait });
    this.checkIn(wait);
  }

  private openStream(): void {
    this.stopStream = followLive({
      onOpen: () => {
        this.streaming = true;
        this.set({ ...this.state, link: 'live' });
      },
      onScored: () => this.bumpSoon(),
      onEnd: (retryMs) => {
        this.closeStream();
        this.set({ ...this.state, link: this.state.link === 'live' ? 'polling' : this.state.link });
        this.checkIn(Math.min(retryMs, 1_000));
      },
    });
  }

  private closeStream(): void {
    this.stopStream?.();
    this.stopStream = undefined;
    this.streaming = false;
  }

  private checkIn(ms: number): void {
    clearTimeout(this.timer);
    this.timer = setTimeout(this.check, document.visibilityState === 'hidden' ? Math.max(ms, IDLE_MS) : ms);
  }

  private bumpSoon(): void {
    this.bumpTimer ??= setTimeout(() => this.bump(), BATCH_MS);
  }

  private bump(): void {
    clearTimeout(this.bumpTimer);
    this.bumpTimer = undefined;
    this.set({ ...this.state, version: this.state.version + 1 });
  }

  private set(state: ConnectionState): void {
    this.state = state;
    for (const listener of this.listeners) listener();
  }
}

function signature(status: Status | undefined): string {
  return status ? JSON.stringify([status.counts, status.sources, status.sample, status.lastPolledAt, status.model]) : '';
}
