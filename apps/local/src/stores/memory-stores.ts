import { MemoryAlertStore } from '@barometer/alerting-memory';
import { MemoryArticleStore, MemorySeedRecord, MemorySourceStore, MemoryTopicCatalog } from '@barometer/ingestion-memory';
import { MemoryAccessKeys, MemoryReportStore, MemoryTopicStore } from '@barometer/reporting-memory';
import { MemoryScoreStore } from '@barometer/sentiment-memory';
import { MemoryDatabase } from '@barometer/storage-memory';
import { tokens } from '../tokens';
import type { Stores } from './open-stores';

/** The stores in memory: everything is forgotten at the end. */
export function memoryStores(): Stores {
  const database = new MemoryDatabase();
  return {
    bind(container) {
      container.bind(tokens.sourceStore).toResolvedValue(() => new MemorySourceStore(database));
      container.bind(tokens.seedRecord).toResolvedValue(() => new MemorySeedRecord(database));
      container.bind(tokens.articleStore).toResolvedValue(() => new MemoryArticleStore(database));
      container.bind(tokens.topicCatalog).toResolvedValue(() => new MemoryTopicCatalog(database));
      container.bind(tokens.scoreStore).toResolvedValue(() => new MemoryScoreStore(database));
      container.bind(tokens.reportStore).toResolvedValue((clock) => new MemoryReportStore(database, clock), [tokens.clock]);
      container.bind(tokens.topicStore).toResolvedValue(() => new MemoryTopicStore(database));
      container.bind(tokens.accessKeys).toResolvedValue(() => new MemoryAccessKeys(database));
      container.bind(tokens.alertStore).toResolvedValue(() => new MemoryAlertStore());
    },
    prepare: async () => undefined,
    close: () => undefined,
  };
}
