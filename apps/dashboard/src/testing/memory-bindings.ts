import { MemoryAccessKeys, MemorySessionStore } from '@barometer/access-memory';
import { MemoryAlertStore, MemoryDigestStore } from '@barometer/alerting-memory';
import { MemorySourceStore } from '@barometer/ingestion-memory';
import { MemoryNoteStore, MemoryReportStore, MemoryTopicStore } from '@barometer/reporting-memory';
import { KeywordClassifier, MemoryScoreStore } from '@barometer/sentiment-memory';
import { MemoryCanaryStore, MemoryDatabase } from '@barometer/storage-memory';
import type { BindOutside } from '../foundation';
import { tokens, type RemoteClassifier, type Watch } from '../tokens';

/** Everything that would be AWS, in memory. */
export function memoryBindings(database = new MemoryDatabase()): BindOutside {
  return (container) => {
    const healthy = (): Watch => ({ fault: undefined });
    container.bind(tokens.tableWatch).toConstantValue(healthy());
    container.bind(tokens.analysisWatch).toConstantValue(healthy());
    container.bind(tokens.sourceStore).toResolvedValue(() => new MemorySourceStore(database));
    container.bind(tokens.scoreStore).toResolvedValue(() => new MemoryScoreStore(database));
    container.bind(tokens.canaryStore).toResolvedValue(() => new MemoryCanaryStore(database));
    container.bind(tokens.reportStore).toResolvedValue((clock) => new MemoryReportStore(database, clock), [tokens.clock]);
    container.bind(tokens.topicStore).toResolvedValue(() => new MemoryTopicStore(database));
    container.bind(tokens.noteStore).toResolvedValue(() => new MemoryNoteStore(database));
    const alerts = new MemoryAlertStore();
    container.bind(tokens.alertStore).toConstantValue(alerts);
    container.bind(tokens.digestStore).toResolvedValue(() => new MemoryDigestStore(alerts));
    container.bind(tokens.sessionStore).toResolvedValue(() => new MemorySessionStore(database));
    container.bind(tokens.accessKeys).toResolvedValue(() => new MemoryAccessKeys(database));
    const classifier: RemoteClassifier = Object.assign(new KeywordClassifier(), { hasAnswered: true });
    container.bind(tokens.classifier).toConstantValue(classifier);
  };
}
