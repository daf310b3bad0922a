import { SECOND } from '@barometer/kernel';

/** What a step found: more to do, nothing for the moment, or its end. */
export type Step = 'more' | 'nothing' | 'done';

/** How long a loop that found nothing waits before it looks again, unless it is woken. */
const TICK = SECOND;
/** After an outage (a full disk, say) a loop waits this long, doubled each time up to a minute. */
const OUTAGE_WAIT = SECOND;

/** Steps that are repeated until they are stopped. A step that fails is told of once, and tried again after a wait. */
export class Loops {
  private readonly stopping = new AbortController();
  /** What fails now and why: a loop that does well says nothing about another. */
  private readonly troubles = new Map<string, string>();
  private readonly sleepers = new Set<() => void>();

  constructor(private readonly log: (line: string) => void) {}

  /** Aborted from `stop` on. */
  get signal(): AbortSignal {
    return this.stopping.signal;
  }

  /** What failed last and still does. */
  get trouble(): string | undefined {
    const [what, why] = [...this.troubles].at(-1) ?? [];
    return what === undefined ? undefined : `${what} failed: ${why}`;
  }

  /** Repeats a step until stopped or done; one that found nothing to do is followed by a pause. */
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

  /** Notes that something fails for good, which its caller tells of. */
  gaveUp(what: string, error: unknown): void {
    this.troubles.set(what, reasonOf(error));
  }

  /** A store that cannot be used stops every loop for one reason, which is said once. */
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

  /** Ends every pause: there may be something to do. */
  wake(): void {
    for (const wakeUp of this.sleepers) wakeUp();
  }

  /** No further step begins; what is under way goes on to its end. */
  stop(): void {
    this.stopping.abort();
    this.wake();
  }
}

const reasonOf = (error: unknown): string => (error instanceof Error ? error.message : String(error));
