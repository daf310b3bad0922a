import type { DocumentClient } from '../index';

interface Command {
  readonly input: Record<string, unknown>;
  readonly constructor: { readonly name: string };
}

/** A fault of a request: an error before it is carried out, one after it, or a change of it and of its answer. */
export interface Fault {
  readonly on: (command: string) => boolean;
  readonly before?: () => Error;
  /** The request is carried out and its answer lost. */
  readonly after?: () => Error;
  /** Leaves this share of a batch unprocessed. */
  readonly leave?: number;
}

const named =
  (name: string, fields: object = {}) =>
  (): Error =>
    Object.assign(new Error(`injected: ${name}`), { name, ...fields });
const transactions = (command: string) => command === 'TransactWriteCommand';
const cancelled = (...codes: string[]) => named('TransactionCanceledException', { CancellationReasons: codes.map((Code) => ({ Code })) });

export const faults = {
  throttle: { on: () => true, before: named('ProvisionedThroughputExceededException') },
  conflict: { on: transactions, before: cancelled('None', 'TransactionConflict') },
  throttledTransaction: { on: transactions, before: cancelled('ThrottlingError') },
  mixedReasons: { on: transactions, before: cancelled('ConditionalCheckFailed', 'None', 'TransactionConflict', 'ThrottlingError') },
  inProgress: { on: transactions, before: named('TransactionInProgressException') },
  notReached: { on: transactions, before: named('Error', { code: 'ECONNREFUSED' }) },
  lostAnswer: { on: transactions, after: named('InternalServerError') },
  lostByReset: { on: transactions, after: named('Error', { code: 'ECONNRESET' }) },
  lostByTimeout: { on: transactions, after: named('TimeoutError') },
  unprocessed: { on: (command: string) => command === 'BatchWriteCommand', leave: 0.5 },
} as const satisfies Record<string, Fault>;

/** Pseudo-random numbers from 0 to below 1, the same in every run. Source: the generator "mulberry32". */
export function sequence(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}

/** Makes requests fail, each with this chance, by the matching fault that was injected least. */
export class FaultyClient implements DocumentClient {
  private readonly counts = new Map<Fault, number>();

  constructor(
    private readonly inner: DocumentClient,
    private readonly chosen: readonly Fault[],
    private readonly chance: number,
    private readonly random: () => number,
  ) {}

  readonly send = (async (command: Command) => {
    const [fault] = this.chosen.filter((one) => one.on(command.constructor.name)).sort((one, other) => this.injected(one) - this.injected(other));
    if (!fault || this.random() >= this.chance) return this.pass(command);
    this.counts.set(fault, this.injected(fault) + 1);
    if (fault.before) throw fault.before();
    if (fault.leave !== undefined) return this.leaveUndone(command, fault.leave);
    const answer = await this.pass(command);
    if (fault.after) throw fault.after();
    return answer;
  }) as unknown as DocumentClient['send'];

  /** How often this fault was injected. */
  injected(fault: Fault): number {
    return this.counts.get(fault) ?? 0;
  }

  private pass(command: Command): Promise<object> {
    return (this.inner.send as unknown as (command: Command) => Promise<object>)(command);
  }

  private async leaveUndone(command: Command, share: number): Promise<object> {
    const items = command.input['RequestItems'] as Record<string, unknown[]>;
    const [table = '', requests = []] = Object.entries(items)[0] ?? [];
    const kept = Math.floor(requests.length * (1 - share));
    if (kept > 0) {
      command.input['RequestItems'] = { [table]: requests.slice(0, kept) };
      await this.pass(command);
    }
    return { UnprocessedItems: { [table]: requests.slice(kept) } };
  }
}
