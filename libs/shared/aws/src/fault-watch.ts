import { MINUTE, systemClock, type Clock } from '@barometer/kernel';
import { AwsFault, awsFaultOf, type WatchedResource } from './aws-fault';

type Handler = (args: never) => Promise<unknown>;
type Middleware = (next: Handler, context: { readonly commandName?: string }) => Handler;

/** As much of an SDK client as it takes to see its answers. */
export interface WatchableClient {
  readonly middlewareStack: {
    add(middleware: Middleware, options: { step: 'initialize'; priority: 'high'; name: string; override: boolean }): void;
  };
}

interface FaultWatchOptions extends WatchedResource {
  /** Gets each fault once, when it begins. */
  readonly report: (fault: AwsFault) => void;
  /** How long a fault counts that nobody has met again. Needed where a fault keeps everybody from trying; default: until it is mended. */
  readonly holdMs?: number;
  readonly clock?: Clock;
}

interface Standing {
  readonly fault: AwsFault;
  readonly at: number;
}

/** A throttled or slow resource may be well again at any moment: what nobody met for so long is over, and said again when it comes again. */
const MEMORY = MINUTE;

const mayBeOver = ({ kind }: AwsFault) => kind === 'busy' || kind === 'unreachable';
/** One request may be denied, and one index missing, while all others are answered. */
const isOfOneOperation = ({ kind }: AwsFault) => kind === 'denied' || kind === 'missing';

/** The faults of errors that are handed on as the SDK threw them. */
const faults = new WeakMap<object, AwsFault>();

/** The fault that an error is, or that a watch found behind it or behind what caused it. */
export function faultBehind(error: unknown): AwsFault | undefined {
  for (let one = error; typeof one === 'object' && one !== null; one = (one as { cause?: unknown }).cause) {
    const fault = one instanceof AwsFault ? one : faults.get(one);
    if (fault) return fault;
  }
  return undefined;
}

/**
 * Watches what a client is answered, after the SDK's own retries. A fault that an operator has to mend is reported once
 * and thrown as `AwsFault`; it stands until the same operation succeeds. Where a retry may help, the SDK's error is kept,
 * which adapters know by its name, with the status and the message that a driver answers with.
 *
 * @example
 * const table = new FaultWatch({ kind: 'table', name, setting: 'TABLE_NAME', report: (fault) => telemetry.fault(fault) });
 * table.observe(client);
 * table.fault?.message; // what stands in the way now, if anything
 */
export class FaultWatch {
  private readonly standing = new Map<string, Standing>();
  private readonly reportedAt = new Map<AwsFault['kind'], number>();
  private readonly clock: Clock;

  constructor(private readonly options: FaultWatchOptions) {
    this.clock = options.clock ?? systemClock;
  }

  /** What stands in the way now; of several faults the one that was met last. */
  get fault(): AwsFault | undefined {
    const { holdMs = Infinity } = this.options;
    const now = this.clock.now();
    const counts = ({ fault, at }: Standing) => now - at < (mayBeOver(fault) ? MEMORY : holdMs);
    return [...this.standing.values()].filter(counts).toSorted((a, b) => a.at - b.at).at(-1)?.fault;
  }

  observe(client: WatchableClient): void {
    const middleware: Middleware = (next, { commandName }) => async (args) => {
      const operation = operationOf(commandName, (args as { readonly input?: Input }).input);
      try {
        const answer = await next(args);
        this.succeeded(operation);
        return answer;
      } catch (error) {
        throw this.take(error, operation);
      }
    };
    client.middlewareStack.add(middleware, { step: 'initialize', priority: 'high', name: 'barometerFaultWatch', override: true });
  }

  private take(error: unknown, operation: string): unknown {
    const fault = awsFaultOf(error, this.options);
    if (!fault) {
      // The caller gave up and learned nothing; anything else is about the request itself: the resource is there and answers.
      if ((error as Error | undefined)?.name !== 'AbortError') this.succeeded(operation);
      return error;
    }
    const at = this.clock.now();
    if (!this.isReported(fault, at)) {
      this.reportedAt.set(fault.kind, at);
      this.options.report(fault);
    }
    // Anew, so that of two faults of the same moment the later one is the last.
    this.standing.delete(operation);
    this.standing.set(operation, { fault, at });
    if (!mayBeOver(fault)) return fault;
    const { statusCode, publicMessage } = fault;
    faults.set(error as object, fault);
    return Object.assign(error as object, { statusCode, publicMessage });
  }

  private isReported(fault: AwsFault, now: number): boolean {
    if (mayBeOver(fault)) return now - (this.reportedAt.get(fault.kind) ?? -Infinity) < MEMORY;
    return [...this.standing.values()].some(({ fault: known }) => known.message === fault.message);
  }

  private succeeded(operation: string): void {
    for (const [one, { fault }] of this.standing) if (one === operation || !isOfOneOperation(fault)) this.standing.delete(one);
  }
}

interface Input {
  readonly IndexName?: string;
  readonly TransactItems?: readonly object[];
}

/** What a role may do or not: an index has a permission of its own, and so has each kind of write in a transaction. */
function operationOf(command = 'request', { IndexName: index, TransactItems: actions = [] }: Input = {}): string {
  const kinds = new Set(actions.flatMap((action) => Object.keys(action)));
  return [command, ...(index === undefined ? [] : [index]), ...[...kinds].sort()].join(' ');
}
