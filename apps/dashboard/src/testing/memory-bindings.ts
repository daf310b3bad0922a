import { MemoryAlertStore } from '@barometer/alerting-memory';
import { MemorySourceStore } from '@barometer/ingestion-memory';
import { MemoryAccessKeys, MemoryReportStore, MemoryTopicStore } from '@barometer/reporting-memory';
import { KeywordClassifier, MemoryScoreStore } from '@barometer/sentiment-memory';
import { MemoryDatabase } from '@barometer/storage-memory';
import type { BindOutside } from '../composition-root';
import { tokens, type RemoteClassifier, type Watch } from '../tokens';

/** Everything that would be AWS, in memory. */
export function memoryBindings(database = new MemoryDatabase()): BindOutside {
  return (container) => {
    const healthy = (): Watch => ({ fault: undefined });
    container.bind(tokens.tableWatch).toConstantValue(healthy());
    container.bind(tokens.analysisWatch).toConstantValue(healthy());
    container.bind(tokens.sourceStore).toResolvedValue(() => new MemorySourceStore(database));
    container.bind(tokens.scoreStore).toResolvedValue(() => new MemoryScoreStore(database));
    container.bind(tokens.reportStore).toResolvedValue((clock) => new MemoryReportStore(database, clock), [tokens.clock]);
    container.bind(tokens.topicStore).toResolvedValue(() => new MemoryTopicStore(database));
    container.bind(tokens.alertStore).toResolvedValue(() => new MemoryAlertStore());
    container.bind(tokens.accessKeys).toResolvedValue(() => new MemoryAccessKeys(database));
    const classifier: RemoteClassifier = Object.assign(new KeywordClassifier(), { hasAnswered: true });
    container.bind(tokens.classifier).toConstantValue(classifier);
  };
}
