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
import { MemoryDatabase } from '@barometer/storage-memory';
import { MemoryProbe } from '@barometer/storage-memory/testing';
import { MemoryArticleStore, MemoryPendingArticles, MemorySeedRecord, MemorySourceStore, MemoryTopicCatalog } from './index';

async function create(retention?: Retention): Promise<IngestionHarness> {
  const db = new MemoryDatabase(retention);
  return {
    articles: new MemoryArticleStore(db),
    sources: new MemorySourceStore(db),
    pending: new MemoryPendingArticles(db),
    topics: new MemoryTopicCatalog(db),
    seeds: new MemorySeedRecord(db),
    probe: new MemoryProbe(db),
    watermark: async () => db.watermark(),
    close: async () => undefined,
  };
}

articleStoreContract('memory', create);
articleStoreContract('memory, kept for a week', () => create({ articles: 7 * DAY, rollups: 7 * DAY }));
retentionContract('memory', create);
hostSparingContract('memory', create);
identityContract('memory', create);
pendingArticlesContract('memory', create);
seedRecordContract('memory', create);
sourceStoreContract('memory', create);
topicCatalogContract('memory', create);
topicCatalogContract('memory, kept for 400 days', () => create({ articles: 400 * DAY, rollups: 400 * DAY }));
