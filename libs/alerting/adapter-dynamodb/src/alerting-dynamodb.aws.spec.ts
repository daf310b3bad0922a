import { alertStoreContract, digestStoreContract } from '@barometer/alerting/testing';
import { freshTable, type FreshTable } from '@barometer/storage-dynamodb/testing';
import { DynamoDbAlertStore } from './dynamodb-alert-store';
import { DynamoDbDigestStore } from './dynamodb-digest-store';

jest.setTimeout(300_000);
const tables: FreshTable[] = [];
afterEach(async () => {
  for (const table of tables.splice(0)) await table.close();
});

async function freshTableOfTest() {
  const fresh = await freshTable();
  tables.push(fresh);
  return fresh.table;
}

alertStoreContract('DynamoDB', async () => new DynamoDbAlertStore(await freshTableOfTest()));
digestStoreContract('DynamoDB', async () => {
  const table = await freshTableOfTest();
  return { alerts: new DynamoDbAlertStore(table), store: new DynamoDbDigestStore(table) };
});
