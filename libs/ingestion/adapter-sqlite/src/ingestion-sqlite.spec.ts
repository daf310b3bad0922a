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
import { openDatabase } from '@barometer/storage-sqlite';
import { SqliteProbe } from '@barometer/storage-sqlite/testing';
import { SqliteArticleStore, SqlitePendingArticles, SqliteSeedRecord, SqliteSourceStore, SqliteTopicCatalog } from './index';

async function create(retention?: Retention): Promise<IngestionHarness> {
  const db = openDatabase(':memory:', retention && { retention });
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
articleStoreContract('SQLite, kept for a week', () => create({ articles: 7 * DAY, rollups: 7 * DAY }));
retentionContract('SQLite', create);
hostSparingContract('SQLite', create);
identityContract('SQLite', create);
pendingArticlesContract('SQLite', create);
seedRecordContract('SQLite', create);
sourceStoreContract('SQLite', create);
topicCatalogContract('SQLite', create);
topicCatalogContract('SQLite, kept for 400 days', () => create({ articles: 400 * DAY, rollups: 400 * DAY }));
