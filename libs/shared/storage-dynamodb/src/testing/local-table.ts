import { randomUUID } from 'node:crypto';
import type { Retention } from '@barometer/kernel';
import { CreateTableCommand, DeleteTableCommand, DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { createTableInput, documentClient, DynamoDbTable, type DocumentClient, type Patience } from '../index';

/** A new empty table in DynamoDB Local. */
export interface FreshTable {
  readonly table: DynamoDbTable;
  /** The same table through another client or with other delays. */
  through(client: DocumentClient, patience?: Patience): DynamoDbTable;
  /** The same table with another retention. */
  keeping(retention: Retention): DynamoDbTable;
  readonly client: DocumentClient;
  close(): Promise<void>;
}

/** Short waits, so that tests are fast. */
const quick: Patience = { sleep: (milliseconds) => new Promise((resolve) => setTimeout(resolve, milliseconds / 20)), random: () => 0.5 };

let shared: DynamoDBClient | undefined;

/** A client of the DynamoDB Local that the test run has started. */
export function localClient(): DynamoDBClient {
  const endpoint = process.env['DYNAMODB_ENDPOINT'];
  if (endpoint === undefined) throw new Error('Run this with a pattern that names the aws specs, or set DYNAMODB_ENDPOINT.');
  shared ??= new DynamoDBClient({ endpoint, region: 'eu-central-1', credentials: { accessKeyId: 'local', secretAccessKey: 'local' }, maxAttempts: 3 });
  return shared;
}

export const localTable = (name: string, client: DocumentClient = documentClient(localClient()), retention?: Retention): DynamoDbTable =>
  new DynamoDbTable(client, name, quick, { retention });

/** Creates a table; `close` removes it. */
export async function freshTable(retention?: Retention): Promise<FreshTable> {
  const name = `barometer-${randomUUID()}`;
  await localClient().send(new CreateTableCommand(createTableInput(name)));
  const client = documentClient(localClient());
  return {
    client,
    table: localTable(name, client, retention),
    keeping: (other) => localTable(name, client, other),
    through: (other, patience = quick) => new DynamoDbTable(other, name, patience, { retention }),
    close: async () => void (await localClient().send(new DeleteTableCommand({ TableName: name }))),
  };
}
