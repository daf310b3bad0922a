import { articleStoreContract, hostSparingContract, identityContract, pendingArticlesContract, seedRecordContract, sourceStoreContract, topicCatalogContract, type IngestionHarness } from '@barometer/ingestion/testing';
import { MemoryDatabase } from '@barometer/storage-memory';
import { MemoryProbe } from '@barometer/storage-memory/testing';
import { MemoryArticleStore, MemoryPendingArticles, MemorySeedRecord, MemorySourceStore, MemoryTopicCatalog } from './index';

async function create(): Promise<IngestionHarness> {
  const db = new MemoryDatabase();
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
hostSparingContract('memory', create);
identityContract('memory', create);
pendingArticlesContract('memory', create);
seedRecordContract('memory', create);
sourceStoreContract('memory', create);
topicCatalogContract('memory', create);
