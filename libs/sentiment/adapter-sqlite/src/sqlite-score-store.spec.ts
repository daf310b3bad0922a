import { scoreStoreContract } from '@barometer/sentiment/testing';
import { openDatabase } from '@barometer/storage-sqlite';
import { SqliteProbe } from '@barometer/storage-sqlite/testing';
import { SqliteScoreStore } from './index';

scoreStoreContract('SQLite', async () => {
  const db = openDatabase(':memory:');
  return { scores: new SqliteScoreStore(db), again: () => new SqliteScoreStore(db), probe: new SqliteProbe(db), watermark: async () => db.watermark(), close: async () => db.close() };
});

it('reads the stories again after a store that could not be read for a moment', async () => {
  const db = openDatabase(':memory:');
  const scores = new SqliteScoreStore(db);
  const read = jest.spyOn(db, 'all').mockImplementationOnce(() => { throw new Error('held by another program'); });
  await expect(scores.apply([], 0)).rejects.toThrow('held by another program');
  expect(await scores.apply([], 0)).toEqual([]);
  expect(read).toHaveBeenCalled();
  db.close();
});
