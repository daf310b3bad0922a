import { scoreStoreContract } from '@barometer/sentiment/testing';
import { MemoryDatabase } from '@barometer/storage-memory';
import { MemoryProbe } from '@barometer/storage-memory/testing';
import { MemoryScoreStore } from './index';

scoreStoreContract('memory', async () => {
  const db = new MemoryDatabase();
  return { scores: new MemoryScoreStore(db), again: () => new MemoryScoreStore(db), probe: new MemoryProbe(db), watermark: async () => db.watermark(), close: async () => undefined };
});
