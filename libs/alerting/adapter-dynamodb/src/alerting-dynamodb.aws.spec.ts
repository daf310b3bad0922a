import { alertStoreContract } from '@barometer/alerting/testing';
import { freshTable, type FreshTable } from '@barometer/storage-dynamodb/testing';
import { DynamoDbAlertStore } from './dynamodb-alert-store';

jest.setTimeout(300_000);
const tables: FreshTable[] = [];
afterEach(async () => {
  for (const table of tables.splice(0)) await table.close();
});

alertStoreContract('DynamoDB', async () => {
  const table = await freshTable();
  tables.push(table);
  return new DynamoDbAlertStore(table.table);
});
