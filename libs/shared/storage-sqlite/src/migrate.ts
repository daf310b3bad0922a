import { StoreVersionError } from './errors';
import { migrations } from './migrations';
import type { SqliteDatabase } from './sqlite-database';

/** The schema version of a store; 0 for an empty file. */
export function schemaVersion(db: SqliteDatabase): number {
  return db.get<{ user_version: number }>('PRAGMA user_version')?.user_version ?? 0;
}

/** Brings a store to `target`, each version in a transaction of its own. Throws `StoreVersionError` for a newer store. */
export function migrate(db: SqliteDatabase, target = migrations.length): void {
  const version = schemaVersion(db);
  if (version > target) {
    throw new StoreVersionError(`The store ${db.path} has version ${version}; this Barometer knows versions up to ${target}: please update it.`);
  }
  for (let next = version + 1; next <= target; next += 1) {
    db.transaction(() => {
      db.exec(migrations[next - 1] ?? '');
      db.exec(`PRAGMA user_version = ${next}`);
    }, { visible: false });
  }
}
