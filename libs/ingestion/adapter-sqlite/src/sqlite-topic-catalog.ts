import { StoredTopics } from '@barometer/ingestion';
import type { SqliteDatabase } from '@barometer/storage-sqlite';
import { SqliteTopicRecords } from './sqlite-topic-records';

/** The topics of the SQLite store as ingestion needs them. */
export class SqliteTopicCatalog extends StoredTopics {
  constructor(db: SqliteDatabase) {
    super(new SqliteTopicRecords(db));
  }
}
