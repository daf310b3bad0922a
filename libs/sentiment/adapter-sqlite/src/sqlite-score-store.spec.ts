import { DAY, STANDARD_RETENTION } from '@barometer/kernel';
import { scoreStoreContract, type CreateScoreStoreHarness } from '@barometer/sentiment/testing';
import { openDatabase } from '@barometer/storage-sqlite';
import { SqliteProbe } from '@barometer/storage-sqlite/testing';
import { SqliteScoreStore } from './index';

const create =
  (retention = STANDARD_RETENTION): CreateScoreStoreHarness =>
  async () => {
    const db = openDatabase(':memory:', { retention });
    return {
      retention,
      scores: new SqliteScoreStore(db),
      again: () => new SqliteScoreStore(db),
      probe: new SqliteProbe(db),
      watermark: async () => db.watermark(),
      close: async () => db.close(),
    };
  };

scoreStoreContract('SQLite', create());
scoreStoreContract('SQLite, kept for 400 days', create({ articles: 400 * DAY, rollups: 400 * DAY }));

it('reads the stories again after the store could not be read for a moment', async () => {
  const db = openDatabase(':memory:');
  const scores = new SqliteScoreStore(db);
  const read = jest.spyOn(db, 'all').mockImplementationOnce(() => {
    throw new Error('held by another program');
  });
  await expect(scores.apply([], 0)).rejects.toThrow('held by another program');
  expect(await scores.apply([], 0)).toEqual([]);
  expect(read).toHaveBeenCalled();
  db.close();
});
