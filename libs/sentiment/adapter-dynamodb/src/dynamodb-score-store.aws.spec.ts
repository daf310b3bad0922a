import { scoreStoreContract } from '@barometer/sentiment/testing';
import { readWatermark } from '@barometer/storage-dynamodb';
import { DynamoDbProbe, freshTable } from '@barometer/storage-dynamodb/testing';
import { DynamoDbScoreStore } from './index';

jest.setTimeout(300_000);

scoreStoreContract('DynamoDB', async () => {
  const { table, client, close } = await freshTable();
  return {
    retention: table.retention,
    scores: new DynamoDbScoreStore(table),
    again: () => new DynamoDbScoreStore(table),
    probe: new DynamoDbProbe(table, client),
    watermark: () => readWatermark(table),
    close,
  };
});
