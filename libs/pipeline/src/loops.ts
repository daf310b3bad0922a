import { SECOND } from '@barometer/kernel';

/** The result of a step: more to do, nothing for now, or finished. */
export type Step = 'more' | 'nothing' | 'done';

/** How long a loop with nothing to do waits before it tries again, unless it is woken. */
const TICK = SECOND;
/** After an outage (a full disk, say) a loop waits this long, doubled each time up to a minute. */
const OUTAGE_WAIT = SECOND;

/** Repeats steps until they are stopped. A failure is reported once, and the step is tried again after a wait. */
export class Loops {
  private readonly stopping = new AbortController();
  /** What fails now, and why, by loop: the success of one loop says nothing about another. */
  private readonly troubles = new Map<string, string>();
  private readonly sleepers = new Set<() => void>();

  constructor(private readonly log: (line: string) => void) {}

  /** Aborted once `stop` is called. */
  get signal(): AbortSignal {
    return this.stopping.signal;
  }

  /** The latest failure that persists. */
  get trouble(): string | undefined {
    const [what, why] = [...this.troubles].at(-1) ?? [];
    return what === undefined ? undefined : `${what} failed: ${why}`;
  }

  /** Repeats a step until stopped or finished; pauses when a step found nothing to do. */
  async repeat(what: string, step: () => Promise<Step>): Promise<void> {
    let outage = OUTAGE_WAIT;
    while (!this.signal.aborted) {
      try {
        const found = await step();
        outage = OUTAGE_WAIT;
        this.troubles.delete(what);
        if (found === 'done') return;
        if (found === 'nothing') await this.pause();
      } catch (error) {
        this.failed(what, error);
        await this.pause(outage);
        outage = Math.min(outage * 2, 60 * SECOND);
      }
    }
  }

  /** Records a permanent failure, which the caller reports. */
  gaveUp(what: string, error: unknown): void {
    this.troubles.set(what, reasonOf(error));
  }

  /** A store that cannot be used stops every loop for the same reason, which is reported once. */
  private failed(what: string, error: unknown): void {
    const reason = reasonOf(error);
    if (![...this.troubles.values()].includes(reason)) this.log(`${what} failed: ${reason}`);
    this.troubles.set(what, reason);
  }

  /** Waits, or ends early when woken or stopped. */
  pause(milliseconds = TICK): Promise<void> {
    if (this.signal.aborted) return Promise.resolve();
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

  /** Ends every pause, since there may be something to do. */
  wake(): void {
    for (const wakeUp of this.sleepers) wakeUp();
  }

  /** No further step begins; steps in progress complete. */
  stop(): void {
    this.stopping.abort();
    this.wake();
  }
}

const reasonOf = (error: unknown): string => (error instanceof Error ? error.message : String(error));
