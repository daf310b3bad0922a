import { StoreVersionError } from './errors';
import { migrations } from './migrations';
import type { SqliteDatabase } from './sqlite-database';

/** The schema version of a store; 0 for an empty file. */
export function schemaVersion(db: SqliteDatabase): number {
  return db.get<{ user_version: number }>('PRAGMA user_version')?.user_version ?? 0;
}

/** Throws `StoreVersionError` if a newer program wrote the store. */
export function expectKnownVersion(version: number, path: string, latest = migrations.length): void {
  if (version > latest)
    throw new StoreVersionError(`The store ${path} has version ${version}; this Barometer knows versions up to ${latest}: please update it.`);
}

/** Brings a store to the version `target`, each version in a transaction of its own. Throws `StoreVersionError` for a newer store. */
export function migrate(db: SqliteDatabase, target = migrations.length): void {
  const version = schemaVersion(db);
  expectKnownVersion(version, db.path, target);
  for (let next = version + 1; next <= target; next += 1) {
    db.transaction(
      () => {
        db.exec(migrations[next - 1] ?? '');
        db.exec(`PRAGMA user_version = ${next}`);
      },
      { visible: false },
    );
  }
}
