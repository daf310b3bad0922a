import { DynamoDBClient, type DynamoDBClientConfig } from '@aws-sdk/client-dynamodb';
import { DynamoDBDocumentClient } from '@aws-sdk/lib-dynamodb';
import type { Retention } from '@barometer/kernel';
import { realPatience } from './back-off';
import { DynamoDbTable } from './dynamodb-table';

export interface TableSettings {
  readonly tableName: string;
  /** An address other than AWS's, for a local stand-in. */
  readonly endpoint?: string | undefined;
  /** Time limit of one attempt, in milliseconds. */
  readonly requestTimeoutMs?: number;
  /** Of that, the limit for connecting. */
  readonly connectTimeoutMs?: number;
  /** The SDK's own attempts at a request; the stores add theirs, with jitter, for requests that are safe to repeat. */
  readonly attempts?: number;
  /** What to do if the table does not exist, as the end of a sentence; by default, to deploy it. */
  readonly whenMissing?: string | undefined;
  readonly retention?: Retention | undefined;
}

/** Settings of a client that gives up early enough for a caller with a time limit of its own. */
export function clientConfig({
  endpoint,
  requestTimeoutMs = 2_000,
  connectTimeoutMs = 1_000,
  attempts = 3,
}: Omit<TableSettings, 'tableName' | 'whenMissing' | 'retention'>): DynamoDBClientConfig {
  return {
    maxAttempts: attempts,
    retryMode: 'standard',
    requestHandler: { connectionTimeout: connectTimeoutMs, requestTimeout: requestTimeoutMs, throwOnRequestTimeout: true },
    ...(endpoint !== undefined && { endpoint }),
  };
}

/** A document client for the stores, which omits absent fields. */
export const documentClient = (client: DynamoDBClient): DynamoDBDocumentClient =>
  DynamoDBDocumentClient.from(client, { marshallOptions: { removeUndefinedValues: true } });

/**
 * Opens the table of these settings, without a request. Region and credentials come from where the AWS SDK looks for
 * them. `client` serves operations on the table as a whole.
 */
export function openTable(settings: TableSettings): { readonly table: DynamoDbTable; readonly client: DynamoDBClient } {
  const client = new DynamoDBClient(clientConfig(settings));
  return {
    client,
    table: new DynamoDbTable(documentClient(client), settings.tableName, realPatience, { whenMissing: settings.whenMissing, retention: settings.retention }),
  };
}
