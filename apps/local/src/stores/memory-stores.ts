import { MemoryAccessKeys, MemorySessionStore } from '@barometer/access-memory';
import { MemoryAlertStore, MemoryDigestStore } from '@barometer/alerting-memory';
import { MemoryArticleStore, MemorySeedRecord, MemorySourceStore, MemoryTopicCatalog } from '@barometer/ingestion-memory';
import { MemoryNoteStore, MemoryReportStore, MemoryTopicStore } from '@barometer/reporting-memory';
import { MemoryScoreStore } from '@barometer/sentiment-memory';
import type { Retention } from '@barometer/kernel';
import { MemoryCanaryStore, MemoryDatabase } from '@barometer/storage-memory';
import { tokens } from '../tokens';
import type { Stores } from './stores';

/** The stores in memory: everything is forgotten at the end. */
export function memoryStores(retention?: Retention): Stores {
  const database = new MemoryDatabase(retention);
  return {
    bind(container) {
      container.bind(tokens.sourceStore).toResolvedValue(() => new MemorySourceStore(database));
      container.bind(tokens.seedRecord).toResolvedValue(() => new MemorySeedRecord(database));
      container.bind(tokens.articleStore).toResolvedValue(() => new MemoryArticleStore(database));
      container.bind(tokens.topicCatalog).toResolvedValue(() => new MemoryTopicCatalog(database));
      container.bind(tokens.scoreStore).toResolvedValue(() => new MemoryScoreStore(database));
      container.bind(tokens.canaryStore).toResolvedValue(() => new MemoryCanaryStore(database));
      container.bind(tokens.reportStore).toResolvedValue((clock) => new MemoryReportStore(database, clock), [tokens.clock]);
      container.bind(tokens.topicStore).toResolvedValue(() => new MemoryTopicStore(database));
      container.bind(tokens.accessKeys).toResolvedValue(() => new MemoryAccessKeys(database));
      container.bind(tokens.sessionStore).toResolvedValue(() => new MemorySessionStore(database));
      container.bind(tokens.noteStore).toResolvedValue(() => new MemoryNoteStore(database));
      const alerts = new MemoryAlertStore();
      container.bind(tokens.alertStore).toConstantValue(alerts);
      container.bind(tokens.digestStore).toResolvedValue(() => new MemoryDigestStore(alerts));
    },
    prepare: async () => undefined,
    close: () => undefined,
  };
}
