import { MINUTE, systemClock, type Clock } from '@barometer/kernel';
import { AwsFault, awsFaultOf, type WatchedResource } from './aws-fault';

type Handler = (args: never) => Promise<unknown>;
type Middleware = (next: Handler, context: { readonly commandName?: string }) => Handler;

/** The part of an SDK client that is needed to see its answers. */
export interface WatchableClient {
  readonly middlewareStack: {
    add(middleware: Middleware, options: { step: 'initialize'; priority: 'high'; name: string; override: boolean }): void;
  };
}

interface FaultWatchOptions extends WatchedResource {
  /** Called with each fault once, when it begins. */
  readonly report: (fault: AwsFault) => void;
  /** How long a fault counts that does not occur again. Needed where a fault makes callers stop trying; default: until it is resolved. */
  readonly holdMs?: number;
  readonly clock?: Clock;
}

interface Standing {
  readonly fault: AwsFault;
  readonly at: number;
}

/** A throttled or slow resource may recover at any moment: such a fault ends if it does not occur for so long, and is reported again when it returns. */
const MEMORY = MINUTE;

const mayBeOver = ({ kind }: AwsFault) => kind === 'busy' || kind === 'unreachable';
/** One request may be denied, or one index missing, while all others succeed. */
const isOfOneOperation = ({ kind }: AwsFault) => kind === 'denied' || kind === 'missing';

/** The faults of errors that are passed on as the SDK threw them. */
const faults = new WeakMap<object, AwsFault>();

/** The fault that an error is, or that a watch has recorded for it or for one of its causes. */
export function faultBehind(error: unknown): AwsFault | undefined {
  for (let one = error; typeof one === 'object' && one !== null; one = (one as { cause?: unknown }).cause) {
    const fault = one instanceof AwsFault ? one : faults.get(one);
    if (fault) return fault;
  }
  return undefined;
}

/**
 * Watches the answers that a client gets, after the SDK's own retries. A fault that an operator must resolve is reported
 * once and thrown as `AwsFault`; it lasts until the same operation succeeds. If a retry may help, the SDK's error is
 * kept, since adapters recognise it by name, with the status and the message for a driver's answer.
 *
 * @example
 * const table = new FaultWatch({ kind: 'table', name, setting: 'TABLE_NAME', report: (fault) => telemetry.fault(fault) });
 * table.observe(client);
 * table.fault?.message; // the present fault, if any
 */
export class FaultWatch {
  private readonly standing = new Map<string, Standing>();
  private readonly reportedAt = new Map<AwsFault['kind'], number>();
  private readonly clock: Clock;

  constructor(private readonly options: FaultWatchOptions) {
    this.clock = options.clock ?? systemClock;
  }

  /** The present fault; of several, the one that occurred last. */
  get fault(): AwsFault | undefined {
    const { holdMs = Infinity } = this.options;
    const now = this.clock.now();
    const counts = ({ fault, at }: Standing) => now - at < (mayBeOver(fault) ? MEMORY : holdMs);
    return [...this.standing.values()]
      .filter(counts)
      .toSorted((a, b) => a.at - b.at)
      .at(-1)?.fault;
  }

  observe(client: WatchableClient): void {
    const middleware: Middleware =
      (next, { commandName }) =>
      async (args) => {
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
      // An aborted request says nothing about the resource; any other error is about the request itself, and shows that the resource answers.
      if ((error as Error | undefined)?.name !== 'AbortError') this.succeeded(operation);
      return error;
    }
    const at = this.clock.now();
    if (!this.isReported(fault, at)) {
      this.reportedAt.set(fault.kind, at);
      this.options.report(fault);
    }
    // Removed first, so that the fault moves to the end of the order.
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

/** The permission that an operation needs: an index has its own, and so has each kind of write in a transaction. */
function operationOf(command = 'request', { IndexName: index, TransactItems: actions = [] }: Input = {}): string {
  const kinds = new Set(actions.flatMap((action) => Object.keys(action)));
  return [command, ...(index === undefined ? [] : [index]), ...[...kinds].sort()].join(' ');
}
