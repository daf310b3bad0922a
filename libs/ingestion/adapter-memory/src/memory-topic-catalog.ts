import { StoredTopics } from '@barometer/ingestion';
import type { MemoryDatabase } from '@barometer/storage-memory';
import { MemoryTopicRecords } from './memory-topic-records';

/** The topics in memory as ingestion needs them. */
export class MemoryTopicCatalog extends StoredTopics {
  constructor(db: MemoryDatabase) {
    super(new MemoryTopicRecords(db));
  }
}
