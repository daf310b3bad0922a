import { canaryStoreContract } from '@barometer/canary/testing';
import { MemoryCanaryStore, MemoryDatabase } from './index';

canaryStoreContract('memory', async () => {
  const db = new MemoryDatabase();
  return { canaries: new MemoryCanaryStore(db), again: () => new MemoryCanaryStore(db), watermark: async () => db.watermark(), close: async () => undefined };
});
