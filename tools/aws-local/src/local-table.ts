import { CreateTableCommand, DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { AddSource, parseSourceSeeds } from '@barometer/ingestion';
import { DynamoDbSourceStore } from '@barometer/ingestion-dynamodb';
import { systemClock } from '@barometer/kernel';
import { AddAccessKey } from '@barometer/reporting';
import { DynamoDbAccessKeys } from '@barometer/reporting-dynamodb';
import { createTableInput, documentClient, DynamoDbTable } from '@barometer/storage-dynamodb';

export const localCredentials = { region: 'eu-central-1', credentials: { accessKeyId: 'local', secretAccessKey: 'local' } };

/** Creates the table in DynamoDB Local, with the listed sources and one key that may write; answers that key. */
export async function prepareTable(endpoint: string, tableName: string, sourceList: unknown): Promise<string> {
  const client = new DynamoDBClient({ endpoint, ...localCredentials });
  await client.send(new CreateTableCommand(createTableInput(tableName)));
  const table = new DynamoDbTable(documentClient(client), tableName);
  const seeds = parseSourceSeeds(sourceList);
  if (!seeds.ok) throw new Error(`config/sources.yaml cannot be used: ${JSON.stringify(seeds.error)}`);
  const addSource = new AddSource({ sources: new DynamoDbSourceStore(table), clock: systemClock });
  for (const seed of seeds.value) await addSource.execute(seed);
  const { key } = await new AddAccessKey({ keys: new DynamoDbAccessKeys(table), clock: systemClock }).execute({ name: 'aws:local', role: 'write' });
  return key;
}
