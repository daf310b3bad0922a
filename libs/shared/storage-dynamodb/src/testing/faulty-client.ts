import type { DocumentClient } from '../index';

interface Command {
  readonly input: Record<string, unknown>;
  readonly constructor: { readonly name: string };
}

/** What goes wrong with a request: an error before it is done, one after it was done, or a change of it and of its answer. */
export interface Fault {
  readonly on: (command: string) => boolean;
  readonly before?: () => Error;
  /** The request was done and its answer is lost. */
  readonly after?: () => Error;
  /** Leaves this share of a batch undone. */
  readonly leave?: number;
}

const named = (name: string, fields: object = {}) => (): Error => Object.assign(new Error(`injected: ${name}`), { name, ...fields });
const transactions = (command: string) => command === 'TransactWriteCommand';

export const faults = {
  throttle: { on: () => true, before: named('ProvisionedThroughputExceededException') },
  conflict: { on: transactions, before: named('TransactionCanceledException', { CancellationReasons: [{ Code: 'None' }, { Code: 'TransactionConflict' }] }) },
  throttledTransaction: { on: transactions, before: named('TransactionCanceledException', { CancellationReasons: [{ Code: 'ThrottlingError' }] }) },
  inProgress: { on: transactions, before: named('TransactionInProgressException') },
  lostAnswer: { on: transactions, after: named('InternalServerError') },
  unprocessed: { on: (command: string) => command === 'BatchWriteCommand', leave: 0.5 },
} as const satisfies Record<string, Fault>;

/** Lets requests fail: each with this chance, by one of these faults that fits it. */
export class FaultyClient implements DocumentClient {
  injected = 0;

  constructor(private readonly inner: DocumentClient, private readonly chosen: readonly Fault[], private readonly chance: number, private readonly random: () => number) {}

  readonly send = (async (command: Command) => {
    const fitting = this.chosen.filter((fault) => fault.on(command.constructor.name));
    const fault = fitting.length > 0 && this.random() < this.chance ? fitting[Math.floor(this.random() * fitting.length)] : undefined;
    if (!fault) return this.pass(command);
    this.injected += 1;
    if (fault.before) throw fault.before();
    if (fault.leave !== undefined) return this.leaveUndone(command, fault.leave);
    const answer = await this.pass(command);
    if (fault.after) throw fault.after();
    return answer;
  }) as unknown as DocumentClient['send'];

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
