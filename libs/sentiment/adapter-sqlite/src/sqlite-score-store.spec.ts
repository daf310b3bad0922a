import { scoreStoreContract } from '@barometer/sentiment/testing';
import { openDatabase } from '@barometer/storage-sqlite';
import { SqliteProbe } from '@barometer/storage-sqlite/testing';
import { SqliteScoreStore } from './index';

scoreStoreContract('SQLite', async () => {
  const db = openDatabase(':memory:');
  return { scores: new SqliteScoreStore(db), again: () => new SqliteScoreStore(db), probe: new SqliteProbe(db), watermark: async () => db.watermark(), close: async () => db.close() };
});
