import type { SeedList, SeedRecord } from '@barometer/ingestion';
import type { SqliteDatabase } from '@barometer/storage-sqlite';

const keyOf = (list: SeedList): string => `seeded.${list}`;

/** Which initial lists the SQLite store was given; kept among the facts about the store itself. */
export class SqliteSeedRecord implements SeedRecord {
  constructor(private readonly db: SqliteDatabase) {}

  async state(list: SeedList): Promise<'begun' | 'done' | undefined> {
    return this.db.get<{ value: 'begun' | 'done' }>('SELECT value FROM meta WHERE key = ?', keyOf(list))?.value;
  }

  async note(list: SeedList, state: 'begun' | 'done'): Promise<void> {
    this.db.transaction(() => this.db.run('INSERT INTO meta VALUES (?, ?) ON CONFLICT (key) DO UPDATE SET value = excluded.value', keyOf(list), state), {
      visible: false,
    });
  }
}
