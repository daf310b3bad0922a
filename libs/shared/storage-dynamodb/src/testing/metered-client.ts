import type { DocumentClient } from '../index';

/** A request that went through, with what it cost to read. */
export interface MeteredRequest {
  readonly command: string;
  readonly readUnits: number;
  /** Items that a query read. */
  readonly scanned: number;
}

/** Notes every request and asks DynamoDB what it consumed. */
export class MeteredClient implements DocumentClient {
  readonly requests: MeteredRequest[] = [];

  constructor(private readonly inner: DocumentClient) {}

  readonly send = (async (command: { input: Record<string, unknown>; constructor: { name: string } }, ...rest: unknown[]) => {
    command.input['ReturnConsumedCapacity'] = 'TOTAL';
    const answer = await (this.inner.send as (...all: unknown[]) => Promise<Record<string, unknown>>)(command, ...rest);
    const consumed = answer['ConsumedCapacity'] as { CapacityUnits?: number } | { CapacityUnits?: number }[] | undefined;
    const readUnits = [consumed].flat().reduce((sum, one) => sum + (one?.CapacityUnits ?? 0), 0);
    this.requests.push({ command: command.constructor.name, readUnits, scanned: Number(answer['ScannedCount'] ?? 0) });
    return answer;
  }) as DocumentClient['send'];

  /** What was asked for since the last call. */
  take(): { requests: number; readUnits: number; scanned: number; commands: string[] } {
    const taken = this.requests.splice(0);
    const sum = (value: (request: MeteredRequest) => number) => taken.reduce((total, one) => total + value(one), 0);
    return { requests: taken.length, readUnits: sum((one) => one.readUnits), scanned: sum((one) => one.scanned), commands: [...new Set(taken.map(({ command }) => command))].sort() };
  }
}
