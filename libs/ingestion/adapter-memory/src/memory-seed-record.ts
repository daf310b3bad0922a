import type { SeedList, SeedRecord } from '@barometer/ingestion';
import type { MemoryDatabase } from '@barometer/storage-memory';

/** Which initial lists the store in memory was given. */
export class MemorySeedRecord implements SeedRecord {
  constructor(private readonly db: MemoryDatabase) {}

  async state(list: SeedList): Promise<'begun' | 'done' | undefined> {
    return this.db.seeded.get(list);
  }

  async note(list: SeedList, state: 'begun' | 'done'): Promise<void> {
    this.db.transaction(() => this.db.seeded.set(list, state), { visible: false });
  }
}
