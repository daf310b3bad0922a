import {
  articleStoreContract,
  hostSparingContract,
  identityContract,
  pendingArticlesContract,
  retentionContract,
  seedRecordContract,
  sourceStoreContract,
  topicCatalogContract,
  type IngestionHarness,
} from '@barometer/ingestion/testing';
import { DAY, type Retention } from '@barometer/kernel';
import { readWatermark } from '@barometer/storage-dynamodb';
import { DynamoDbProbe, freshTable } from '@barometer/storage-dynamodb/testing';
import { DynamoDbArticleStore, DynamoDbPendingArticles, DynamoDbSeedRecord, DynamoDbSourceStore, DynamoDbTopicCatalog } from './index';

jest.setTimeout(300_000);

async function create(retention?: Retention): Promise<IngestionHarness> {
  const { table, client, close } = await freshTable(retention);
  return {
    articles: new DynamoDbArticleStore(table),
    sources: new DynamoDbSourceStore(table),
    pending: new DynamoDbPendingArticles(table),
    topics: new DynamoDbTopicCatalog(table),
    seeds: new DynamoDbSeedRecord(table),
    leavesCountsToTtl: true,
    probe: new DynamoDbProbe(table, client),
    watermark: () => readWatermark(table),
    close,
  };
}

articleStoreContract('DynamoDB', create);
articleStoreContract('DynamoDB, kept for a week', () => create({ articles: 7 * DAY, rollups: 7 * DAY }));
retentionContract('DynamoDB', create);
hostSparingContract('DynamoDB', create);
identityContract('DynamoDB', create, { trials: 1 });
pendingArticlesContract('DynamoDB', create);
seedRecordContract('DynamoDB', create);
sourceStoreContract('DynamoDB', create);
topicCatalogContract('DynamoDB', create);
