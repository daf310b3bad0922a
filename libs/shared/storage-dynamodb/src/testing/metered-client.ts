import type { DocumentClient } from '../index';

/** A completed request, with the cost of its reads. */
export interface MeteredRequest {
  readonly command: string;
  /** For a get or a query; writes have none. */
  readonly readUnits: number;
  /** Items that a query read. */
  readonly scanned: number;
}

const reads: ReadonlySet<string> = new Set(['GetCommand', 'QueryCommand']);
const writes: ReadonlySet<string> = new Set(['PutCommand', 'UpdateCommand', 'TransactWriteCommand', 'BatchWriteCommand']);

/**
 * Records every request and what it consumed. Allows only requests that name the keys of their items: a scan, or PartiQL
 * that may turn into one, fails.
 */
export class MeteredClient implements DocumentClient {
  readonly requests: MeteredRequest[] = [];

  constructor(private readonly inner: DocumentClient) {}

  readonly send = (async (command: { input: Record<string, unknown>; constructor: { name: string } }, ...rest: unknown[]) => {
    const { name } = command.constructor;
    if (!reads.has(name) && !writes.has(name)) throw new Error(`A store must not send ${name}.`);
    command.input['ReturnConsumedCapacity'] = 'TOTAL';
    const answer = await (this.inner.send as (...all: unknown[]) => Promise<Record<string, unknown>>)(command, ...rest);
    const consumed = answer['ConsumedCapacity'] as { CapacityUnits?: number } | undefined;
    this.requests.push({ command: name, readUnits: reads.has(name) ? (consumed?.CapacityUnits ?? 0) : 0, scanned: Number(answer['ScannedCount'] ?? 0) });
    return answer;
  }) as DocumentClient['send'];

  /** The requests since the last call. */
  take(): { requests: number; readUnits: number; scanned: number; commands: string[] } {
    const taken = this.requests.splice(0);
    const sum = (value: (request: MeteredRequest) => number) => taken.reduce((total, one) => total + value(one), 0);
    return {
      requests: taken.length,
      readUnits: sum((one) => one.readUnits),
      scanned: sum((one) => one.scanned),
      commands: [...new Set(taken.map(({ command }) => command))].sort(),
    };
  }
}
