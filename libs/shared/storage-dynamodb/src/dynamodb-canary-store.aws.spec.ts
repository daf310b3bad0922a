import { canaryStoreContract } from '@barometer/canary/testing';
import { DynamoDbCanaryStore, readWatermark } from './index';
import { freshTable } from './testing';

canaryStoreContract('DynamoDB', async () => {
  const { table, close } = await freshTable();
  return { canaries: new DynamoDbCanaryStore(table), again: () => new DynamoDbCanaryStore(table), watermark: () => readWatermark(table), close };
});
