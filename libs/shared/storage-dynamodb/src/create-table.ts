import {
  CreateTableCommand,
  DescribeTableCommand,
  UpdateTimeToLiveCommand,
  waitUntilTableExists,
  type CreateTableCommandInput,
  type DynamoDBClient,
} from '@aws-sdk/client-dynamodb';
import { codeOf, storeErrorOf } from './errors';
import { keyAttributes, tableDefinition, type KeyAttributes } from './table-definition';

/** The table definition as input of CreateTable, billed on demand; for tests and local stand-ins. */
export function createTableInput(tableName: string): CreateTableCommandInput {
  return {
    TableName: tableName,
    BillingMode: 'PAY_PER_REQUEST',
    AttributeDefinitions: keyAttributes().map((AttributeName) => ({ AttributeName, AttributeType: 'S' })),
    KeySchema: schemaOf(tableDefinition),
    GlobalSecondaryIndexes: tableDefinition.indexes.map(({ name, projection, ...key }) => ({
      IndexName: name,
      KeySchema: schemaOf(key),
      Projection: projection === 'all' ? { ProjectionType: 'ALL' } : { ProjectionType: 'INCLUDE', NonKeyAttributes: [...projection] },
    })),
  };
}

const schemaOf = ({ partition, sort }: KeyAttributes): CreateTableCommandInput['KeySchema'] => [
  { AttributeName: partition, KeyType: 'HASH' },
  { AttributeName: sort, KeyType: 'RANGE' },
];

/** Seconds to wait for a new table; a stand-in creates one at once, so a longer wait would be in vain. */
const LONGEST_MAKING = 60;

/** Whether the table exists. @throws StoreError */
export async function hasTable(client: DynamoDBClient, tableName: string): Promise<boolean> {
  try {
    await client.send(new DescribeTableCommand({ TableName: tableName }));
    return true;
  } catch (error) {
    if (codeOf(error) === 'ResourceNotFoundException') return false;
    throw storeErrorOf(error, tableName);
  }
}

/** Creates the table if it does not exist, and waits until it is active. For local stand-ins: on AWS the state stack creates it. @throws StoreError */
export async function ensureTable(client: DynamoDBClient, tableName: string): Promise<void> {
  if (await hasTable(client, tableName)) return;
  try {
    await client.send(new CreateTableCommand(createTableInput(tableName)));
    await waitUntilTableExists({ client, maxWaitTime: LONGEST_MAKING, minDelay: 1, maxDelay: 2 }, { TableName: tableName });
    await client.send(
      new UpdateTimeToLiveCommand({ TableName: tableName, TimeToLiveSpecification: { AttributeName: tableDefinition.timeToLive, Enabled: true } }),
    );
  } catch (error) {
    // Another process has created it at the same time.
    if (codeOf(error) === 'ResourceInUseException') await waitUntilTableExists({ client, maxWaitTime: LONGEST_MAKING }, { TableName: tableName });
    else throw storeErrorOf(error, tableName);
  }
}
