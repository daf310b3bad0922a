import { articleStoreContract, hostSparingContract, identityContract, pendingArticlesContract, seedRecordContract, sourceStoreContract, topicCatalogContract, type IngestionHarness } from '@barometer/ingestion/testing';
import { openDatabase } from '@barometer/storage-sqlite';
import { SqliteProbe } from '@barometer/storage-sqlite/testing';
import { SqliteArticleStore, SqlitePendingArticles, SqliteSeedRecord, SqliteSourceStore, SqliteTopicCatalog } from './index';

async function create(): Promise<IngestionHarness> {
  const db = openDatabase(':memory:');
  return {
    articles: new SqliteArticleStore(db),
    sources: new SqliteSourceStore(db),
    pending: new SqlitePendingArticles(db),
    topics: new SqliteTopicCatalog(db),
    seeds: new SqliteSeedRecord(db),
    probe: new SqliteProbe(db),
    watermark: async () => db.watermark(),
    close: async () => db.close(),
  };
}

articleStoreContract('SQLite', create);
hostSparingContract('SQLite', create);
identityContract('SQLite', create);
pendingArticlesContract('SQLite', create);
seedRecordContract('SQLite', create);
sourceStoreContract('SQLite', create);
topicCatalogContract('SQLite', create);
