import { MINUTE, systemClock, type Clock } from '@barometer/kernel';
import { awsFaultOf, type AwsFault, type WatchedResource } from './aws-fault';

type Handler = (args: never) => Promise<unknown>;

/** As much of an SDK client as it takes to see its answers. */
export interface WatchableClient {
  readonly middlewareStack: {
    add(middleware: (next: Handler) => Handler, options: { step: 'initialize'; priority: 'high'; name: string; override: boolean }): void;
  };
}

interface FaultWatchOptions extends WatchedResource {
  /** Gets the one line that a fault begins with. */
  readonly log: (line: string) => void;
  readonly clock?: Clock;
}

/** After this long without another, a fault is no longer held against the resource: somebody has to try. */
const MEMORY = MINUTE;

/**
 * Watches what a client is answered, after the SDK's own retries. A fault that an operator has to mend is logged once,
 * in one line, and thrown as `AwsFault`; where a retry may help, the SDK's error is kept, which adapters know by its name,
 * with the status and the message that a driver answers with.
 *
 * @example
 * const table = new FaultWatch({ kind: 'table', name, setting: 'TABLE_NAME', log });
 * table.observe(client);
 * table.fault?.message; // what stands in the way now, if anything
 */
export class FaultWatch {
  private last: { readonly fault: AwsFault; readonly at: number } | undefined;
  private readonly clock: Clock;

  constructor(private readonly options: FaultWatchOptions) {
    this.clock = options.clock ?? systemClock;
  }

  /** What stood in the way of the last use, unless that was long ago. */
  get fault(): AwsFault | undefined {
    return this.last && this.clock.now() - this.last.at < MEMORY ? this.last.fault : undefined;
  }

  observe(client: WatchableClient): void {
    const middleware = (next: Handler): Handler => async (args) => {
      try {
        const answer = await next(args);
        this.last = undefined;
        return answer;
      } catch (error) {
        throw this.take(error);
      }
    };
    client.middlewareStack.add(middleware, { step: 'initialize', priority: 'high', name: 'barometerFaultWatch', override: true });
  }

  private take(error: unknown): unknown {
    const fault = awsFaultOf(error, this.options);
    if (!fault) {
      // An answer about the request itself: the resource is there and answers.
      this.last = undefined;
      return error;
    }
    if (this.fault?.kind !== fault.kind) this.options.log(fault.message);
    this.last = { fault, at: this.clock.now() };
    if (fault.kind !== 'busy') return fault;
    const { statusCode, publicMessage } = fault;
    return Object.assign(error as object, { statusCode, publicMessage });
  }
}
