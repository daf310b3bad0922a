import { DynamoDBClient, type DynamoDBClientConfig } from '@aws-sdk/client-dynamodb';
import { DynamoDBDocumentClient } from '@aws-sdk/lib-dynamodb';
import { realPatience } from './back-off';
import { DynamoDbTable } from './dynamodb-table';

export interface TableSettings {
  readonly tableName: string;
  /** Another address than that of AWS, for a local stand-in. */
  readonly endpoint?: string | undefined;
  /** One attempt may take this long, in milliseconds. */
  readonly requestTimeoutMs?: number;
  /** And of that, making the connection. */
  readonly connectTimeoutMs?: number;
  /** The SDK's own attempts at a request; the stores add theirs, with jitter, where a request is safe to ask again. */
  readonly attempts?: number;
  /** What to do where there is no such table, as the end of a sentence; without it, to deploy it. */
  readonly whenMissing?: string | undefined;
}

/** The settings of a client that gives up early enough for a caller with a time limit of its own. */
export function clientConfig({ endpoint, requestTimeoutMs = 2_000, connectTimeoutMs = 1_000, attempts = 3 }: Omit<TableSettings, 'tableName' | 'whenMissing'>): DynamoDBClientConfig {
  return {
    maxAttempts: attempts,
    retryMode: 'standard',
    requestHandler: { connectionTimeout: connectTimeoutMs, requestTimeout: requestTimeoutMs, throwOnRequestTimeout: true },
    ...(endpoint !== undefined && { endpoint }),
  };
}

/** A document client as the stores need it: absent fields are left out. */
export const documentClient = (client: DynamoDBClient): DynamoDBDocumentClient =>
  DynamoDBDocumentClient.from(client, { marshallOptions: { removeUndefinedValues: true } });

/**
 * The table of these settings; nothing is asked of it yet. Region and credentials come from where the AWS SDK looks for
 * them. `client` is what the table is reached with, for what is done to the table as a whole.
 */
export function openTable(settings: TableSettings): { readonly table: DynamoDbTable; readonly client: DynamoDBClient } {
  const client = new DynamoDBClient(clientConfig(settings));
  return { client, table: new DynamoDbTable(documentClient(client), settings.tableName, realPatience, settings.whenMissing) };
}
