import { KeywordClassifier, MemoryScoreStore } from '@barometer/sentiment-memory';
import type { RejectedMessage } from '@barometer/sentiment-sqs';
import { MemoryCanaryStore, MemoryDatabase } from '@barometer/storage-memory';
import type { BindOutside } from '../composition-root';
import { tokens } from '../tokens';

/** Everything that would be AWS or a model, in memory; `rejected` is the dead-letter queue. */
export function memoryBindings(database = new MemoryDatabase(), rejected: RejectedMessage[] = []): BindOutside {
  return (container) => {
    container.bind(tokens.classifier).toResolvedValue(() => Object.assign(new KeywordClassifier(), { verify: () => undefined }));
    container.bind(tokens.scoreStore).toResolvedValue(() => new MemoryScoreStore(database));
    container.bind(tokens.canaryStore).toResolvedValue(() => new MemoryCanaryStore(database));
    container.bind(tokens.deadLetters).toConstantValue({ put: async (message: RejectedMessage) => void rejected.push(message) });
  };
}
