import type { SqliteDatabase } from './sqlite-database';

/** The name under which the store keeps the latest hour (whole hours since 1970) whose articles were removed while its counts were kept. */
const OUTLIVED_HOUR = 'rollups.outlived-hour';

/** Records that the articles up to an hour are removed, or about to be, while their counts stay. Call it in a transaction. */
export function noteOutlived(db: SqliteDatabase, hour: number): void {
  db.run(
    `INSERT INTO meta VALUES (?, ?) ON CONFLICT (key) DO UPDATE SET value = excluded.value WHERE CAST(value AS INTEGER) < CAST(excluded.value AS INTEGER)`,
    OUTLIVED_HOUR,
    String(hour),
  );
}

/** The latest hour that may count more articles than are stored; -1 if there is none. */
export function outlivedHour(db: SqliteDatabase): number {
  return Number(db.get<{ value: string }>('SELECT value FROM meta WHERE key = ?', OUTLIVED_HOUR)?.value ?? -1);
}
