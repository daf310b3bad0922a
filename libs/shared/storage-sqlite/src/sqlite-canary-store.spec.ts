import { canaryStoreContract } from '@barometer/canary/testing';
import { openDatabase, SqliteCanaryStore } from './index';

canaryStoreContract('SQLite', async () => {
  const db = openDatabase(':memory:');
  return { canaries: new SqliteCanaryStore(db), again: () => new SqliteCanaryStore(db), watermark: async () => db.watermark(), close: async () => db.close() };
});
