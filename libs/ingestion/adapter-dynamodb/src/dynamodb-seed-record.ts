import type { SeedList, SeedRecord } from '@barometer/ingestion';
import { seededKey, type DynamoDbTable } from '@barometer/storage-dynamodb';

/** Which initial lists the store was given: one item for each list. */
export class DynamoDbSeedRecord implements SeedRecord {
  constructor(private readonly table: DynamoDbTable) {}

  async state(list: SeedList): Promise<'begun' | 'done' | undefined> {
    return (await this.table.get(seededKey(list), { consistent: true }))?.['state'] as 'begun' | 'done' | undefined;
  }

  async note(list: SeedList, state: 'begun' | 'done'): Promise<void> {
    await this.table.put({ ...seededKey(list), state });
  }
}
