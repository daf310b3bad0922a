import { StoredTopics, type TopicBackfillJob } from '@barometer/ingestion';
import { sweepDrops, type DynamoDbTable } from '@barometer/storage-dynamodb';
import { DynamoDbTopicRecords } from './dynamodb-topic-records';

/** The topics of the DynamoDB store as ingestion needs them. */
export class DynamoDbTopicCatalog extends StoredTopics {
  constructor(private readonly table: DynamoDbTable) {
    super(new DynamoDbTopicRecords(table));
  }

  /** First removes the data of topic versions that were dropped but not yet cleared. Runs at every tick. */
  override async jobs(): Promise<readonly TopicBackfillJob[]> {
    await sweepDrops(this.table);
    return super.jobs();
  }
}
