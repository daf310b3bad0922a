import { CreateTableCommand, DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { AddAccessKey } from '@barometer/access';
import { DynamoDbAccessKeys } from '@barometer/access-dynamodb';
import { systemClock } from '@barometer/kernel';
import { createTableInput, documentClient, DynamoDbTable } from '@barometer/storage-dynamodb';

const TABLE = 'barometer-smoke';

/** What the events of smoke.json need: an empty table and a key to read with. */
export async function prepare(parts: { dynamoDb(): Promise<string> }) {
  const endpoint = await parts.dynamoDb();
  const client = new DynamoDBClient({ endpoint, region: 'eu-central-1', credentials: { accessKeyId: 'local', secretAccessKey: 'local' } });
  await client.send(new CreateTableCommand(createTableInput(TABLE)));
  const keys = new DynamoDbAccessKeys(new DynamoDbTable(documentClient(client), TABLE));
  const { key } = await new AddAccessKey({ keys, clock: systemClock }).execute({ name: 'smoke', role: 'read' });
  return {
    environment: { TABLE_NAME: TABLE, AWS_ENDPOINT_URL_DYNAMODB: endpoint },
    values: { key },
    close: async () => client.destroy(),
  };
}
