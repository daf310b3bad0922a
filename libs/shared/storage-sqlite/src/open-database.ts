import { DatabaseSync } from 'node:sqlite';
import type { Retention } from '@barometer/kernel';
import { storeErrorOf, StoreInUseError, StoreVersionError } from './errors';
import { expectKnownVersion, migrate, schemaVersion } from './migrate';
import { migrations } from './migrations';
import { openReadOnly } from './read-only-file';
import { SqliteDatabase } from './sqlite-database';
import { lockStore } from './store-lock';

export interface OpenOptions {
  /** Reads while another process owns the store, without its lock; every write fails. With `moment`, all reads see the same state. */
  readonly readOnly?: boolean | 'moment';
  /**
   * If another Barometer has the store open, opens it as well, for a few short writes: nothing is migrated, and no lease
   * of the other process is ended. Otherwise opens it alone.
   */
  readonly beside?: boolean;
  /** How long its contents are kept; 90 days by default. A changed value takes effect at once. */
  readonly retention?: Retention;
}

/**
 * Synchronous FULL makes every commit reach the disk before it is acknowledged, so that not even a power cut loses a
 * commit. (For a kill alone NORMAL would do, since the operating system has the written pages by then.)
 */
const settings = `
  PRAGMA journal_mode = WAL;
  PRAGMA synchronous = FULL;
  PRAGMA foreign_keys = ON;
  PRAGMA cache_size = -32768;
  PRAGMA journal_size_limit = 67108864;
`;

/**
 * Opens the store in the file `path` (`:memory:` for a temporary one), creating and migrating it as needed. One process
 * at a time may have it open for writing.
 *
 * Throws `StoreInUseError`, `StoreVersionError` for a store of a newer program, `StoreUnreadableError`,
 * `StoreFullError`.
 * @example const db = openDatabase('.barometer/barometer.db');
 */
export function openDatabase(path: string, options: OpenOptions = {}): SqliteDatabase {
  if (options.readOnly) return openAsItIs(path, options);
  let unlock: () => void = () => undefined;
  try {
    if (path !== ':memory:') unlock = guarded(path, () => lockStore(path));
  } catch (error) {
    if (options.beside && error instanceof StoreInUseError) return openBeside(path, options);
    throw error;
  }
  try {
    return guarded(path, () => openForWriting(path, unlock, options));
  } catch (error) {
    unlock();
    throw error;
  }
}

function openForWriting(path: string, unlock: () => void, { retention }: OpenOptions): SqliteDatabase {
  const connection = new DatabaseSync(path, { timeout: 5_000 });
  const db = new SqliteDatabase(connection, path, unlock, retention);
  try {
    // Before any write, so that a store of a newer version stays unchanged.
    expectKnownVersion(schemaVersion(db), path);
    connection.exec(settings);
    migrate(db);
    releaseLeases(db);
    return db;
  } catch (error) {
    connection.close();
    throw error;
  }
}

/** The holders of all leases have ended, since this process has the lock. Receives stay counted. */
function releaseLeases(db: SqliteDatabase): void {
  db.transaction(
    () => {
      db.run(`UPDATE articles SET lease_token = NULL, available_at = 0 WHERE state = 'pending' AND lease_token IS NOT NULL`);
      db.run('UPDATE sources SET lease_token = NULL, lease_until = 0 WHERE lease_token IS NOT NULL');
    },
    { visible: false },
  );
}

function openBeside(path: string, { retention }: OpenOptions): SqliteDatabase {
  const db = openAsItIs(path, { retention });
  db.exec('PRAGMA synchronous = FULL; PRAGMA foreign_keys = ON;');
  return db;
}

/** Opens a store that another process may be using; its schema must be the present one. */
function openAsItIs(path: string, { readOnly, retention }: Pick<OpenOptions, 'readOnly'> & { readonly retention?: Retention | undefined }): SqliteDatabase {
  return guarded(path, () => {
    const db = new SqliteDatabase(readOnly ? openReadOnly(path) : new DatabaseSync(path, { timeout: 5_000 }), path, undefined, retention);
    try {
      const version = schemaVersion(db);
      if (version !== migrations.length) {
        expectKnownVersion(version, path);
        throw new StoreVersionError(
          `The store ${path} has version ${version}, this Barometer works with version ${migrations.length}: start "barometer up" once, which upgrades it.`,
        );
      }
      if (readOnly === 'moment') db.holdMoment();
      return db;
    } catch (error) {
      db.close();
      throw error;
    }
  });
}

function guarded<T>(path: string, work: () => T): T {
  try {
    return work();
  } catch (error) {
    throw storeErrorOf(error, path);
  }
}
