import { MemoryAlertStore, MemoryDigestStore } from '@barometer/alerting-memory';
import { MemoryArticleStore, MemoryPendingArticles, MemoryScoringQueue, MemorySourceStore, MemoryTopicCatalog } from '@barometer/ingestion-memory';
import { MemoryReportStore, MemoryTopicStore } from '@barometer/reporting-memory';
import { MemoryCanaryStore, MemoryDatabase } from '@barometer/storage-memory';
import type { BindOutside } from '../composition-root';
import { tokens } from '../tokens';

/** Everything that would be AWS, in memory. */
export const bindMemory: BindOutside = (container) => {
  const database = new MemoryDatabase();
  container.bind(tokens.sourceStore).toResolvedValue(() => new MemorySourceStore(database));
  container.bind(tokens.articleStore).toResolvedValue(() => new MemoryArticleStore(database));
  container.bind(tokens.pendingArticles).toResolvedValue(() => new MemoryPendingArticles(database));
  container.bind(tokens.topicCatalog).toResolvedValue(() => new MemoryTopicCatalog(database));
  container.bind(tokens.canaryStore).toResolvedValue(() => new MemoryCanaryStore(database));
  container.bind(tokens.reportStore).toResolvedValue((clock) => new MemoryReportStore(database, clock), [tokens.clock]);
  container.bind(tokens.topicStore).toResolvedValue(() => new MemoryTopicStore(database));
  const alerts = new MemoryAlertStore();
  container.bind(tokens.alertStore).toConstantValue(alerts);
  container.bind(tokens.digestStore).toResolvedValue(() => new MemoryDigestStore(alerts));
  container.bind(tokens.scoringQueue).toResolvedValue(() => new MemoryScoringQueue());
};
