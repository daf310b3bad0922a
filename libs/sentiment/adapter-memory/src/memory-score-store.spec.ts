import { DAY, STANDARD_RETENTION } from '@barometer/kernel';
import { scoreStoreContract, type CreateScoreStoreHarness } from '@barometer/sentiment/testing';
import { MemoryDatabase } from '@barometer/storage-memory';
import { MemoryProbe } from '@barometer/storage-memory/testing';
import { MemoryScoreStore } from './index';

const create =
  (retention = STANDARD_RETENTION): CreateScoreStoreHarness =>
  async () => {
    const db = new MemoryDatabase(retention);
    return {
      retention,
      scores: new MemoryScoreStore(db),
      again: () => new MemoryScoreStore(db),
      probe: new MemoryProbe(db),
      watermark: async () => db.watermark(),
      close: async () => undefined,
    };
  };

scoreStoreContract('memory', create());
scoreStoreContract('memory, kept for 400 days', create({ articles: 400 * DAY, rollups: 400 * DAY }));
