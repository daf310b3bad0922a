/** A running DynamoDB Local. */
export interface DynamoDbLocal {
  readonly endpoint: string;
  readonly port: number;
  readonly pid: number;
  stop(): Promise<void>;
}

/** The `java` command of version 17 or newer. Throws one sentence when there is none. */
export function findJava(): string;
/** The folder of the jar; installs it on the first call. */
export function installDynamoDbLocal(): string;
/** Starts DynamoDB Local, empty and in memory, on a free port where none is given; it listens on every interface. */
export function startDynamoDbLocal(options?: { port?: number }): Promise<DynamoDbLocal>;
