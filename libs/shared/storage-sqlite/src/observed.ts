import { dayOfHour } from '@barometer/kernel';
import type { SqliteDatabase } from './sqlite-database';

const HOURS = 24;

/** Days with the observed hours of a source, or the hours into which its articles were imported, as bits; '' stands for any source. */
type Table = 'observed_days' | 'imported_days';

/** Records that a source was polled in an hour (whole hours since 1970), and so any source. Call it in a transaction. */
export const markObserved = (db: SqliteDatabase, sourceId: string, hour: number): void => mark(db, 'observed_days', sourceId, hour);

/** Records that articles of a source were imported into an hour (whole hours since 1970). Call it in a transaction. */
export const markImported = (db: SqliteDatabase, sourceId: string, hour: number): void => mark(db, 'imported_days', sourceId, hour);

/** The hours from `first` to before `end` in which a source was polled, or any source for ''; in order. */
export const observedHours = (db: SqliteDatabase, sourceId: string, first: number, end: number): number[] => marked(db, 'observed_days', sourceId, first, end);

/** The hours from `first` to before `end` into which articles of a source were imported, or of any source for ''; in order. */
export const importedHours = (db: SqliteDatabase, sourceId: string, first: number, end: number): number[] => marked(db, 'imported_days', sourceId, first, end);

/** Removes the days whose last hour is `hour` or earlier; readers must skip expired hours of a day that is kept. */
export function removeObserved(db: SqliteDatabase, hour: number): void {
  for (const table of ['observed_days', 'imported_days']) db.run(`DELETE FROM ${table} WHERE day < ?`, dayOfHour(hour + 1));
}

function mark(db: SqliteDatabase, table: Table, sourceId: string, hour: number): void {
  for (const id of new Set(['', sourceId])) {
    db.run(
      `INSERT INTO ${table} (source_id, day, hours) VALUES (?, ?, ?)
       ON CONFLICT (source_id, day) DO UPDATE SET hours = hours | excluded.hours WHERE hours & excluded.hours = 0`,
      id,
      dayOfHour(hour),
      1 << (hour % HOURS),
    );
  }
}

function marked(db: SqliteDatabase, table: Table, sourceId: string, first: number, end: number): number[] {
  const days = db.all<{ day: number; hours: number }>(
    `SELECT day, hours FROM ${table} WHERE source_id = ? AND day >= ? AND day <= ? ORDER BY day`,
    sourceId,
    dayOfHour(first),
    dayOfHour(end - 1),
  );
  const found: number[] = [];
  for (const { day, hours } of days) {
    for (let hour = 0; hour < HOURS; hour += 1) {
      const at = day * HOURS + hour;
      if (hours & (1 << hour) && at >= first && at < end) found.push(at);
    }
  }
  return found;
}
