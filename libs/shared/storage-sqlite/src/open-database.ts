import { DatabaseSync } from 'node:sqlite';
import { storeErrorOf, StoreInUseError, StoreVersionError } from './errors';
import { migrate, schemaVersion } from './migrate';
import { migrations } from './migrations';
import { SqliteDatabase } from './sqlite-database';
import { lockStore } from './store-lock';

export interface OpenOptions {
  /** Reads beside the process that owns the store, without its lock; every write fails. */
  readonly readOnly?: boolean;
  /**
   * Where another Barometer has the store, opens it beside that one, for a few short writes: nothing is migrated, and no
   * lease of the other is ended. Without another, opens it alone.
   */
  readonly beside?: boolean;
}

/**
 * Synchronous FULL makes every commit reach the disk before it is answered: a kill never loses what was committed (the
 * written pages belong to the operating system by then, NORMAL would do), and neither does a power cut.
 */
const settings = `
  PRAGMA journal_mode = WAL;
  PRAGMA synchronous = FULL;
  PRAGMA foreign_keys = ON;
  PRAGMA cache_size = -32768;
  PRAGMA journal_size_limit = 67108864;
`;

/**
 * Opens the store in the file `path` (`:memory:` for a passing one), created and migrated as needed. One process at a
 * time may have it open for writing.
 *
 * Throws `StoreInUseError`, `StoreVersionError` for a store of a newer program, `StoreUnreadableError`, `StoreFullError`.
 * @example const db = openDatabase('.barometer/barometer.db');
 */
export function openDatabase(path: string, options: OpenOptions = {}): SqliteDatabase {
  if (options.readOnly) return openForReading(path);
  let unlock: () => void = () => undefined;
  try {
    if (path !== ':memory:') unlock = guarded(path, () => lockStore(path));
  } catch (error) {
    if (options.beside && error instanceof StoreInUseError) return openBeside(path);
    throw error;
  }
  try {
    return guarded(path, () => openForWriting(path, unlock));
  } catch (error) {
    unlock();
    throw error;
  }
}

function openForWriting(path: string, unlock: () => void): SqliteDatabase {
  const connection = new DatabaseSync(path, { timeout: 5_000 });
  const db = new SqliteDatabase(connection, path, unlock);
  try {
    connection.exec(settings);
    migrate(db);
    releaseLeases(db);
    return db;
  } catch (error) {
    connection.close();
    throw error;
  }
}

/** Whoever held a lease is gone: this process has the lock. Receives stay counted. */
function releaseLeases(db: SqliteDatabase): void {
  db.transaction(() => {
    db.run(`UPDATE articles SET lease_token = NULL, available_at = 0 WHERE state = 'pending' AND lease_token IS NOT NULL`);
    db.run('UPDATE sources SET lease_token = NULL, lease_until = 0 WHERE lease_token IS NOT NULL');
  }, { visible: false });
}

const openForReading = (path: string): SqliteDatabase => openAsItIs(path, { readOnly: true });

function openBeside(path: string): SqliteDatabase {
  const db = openAsItIs(path);
  db.exec('PRAGMA synchronous = FULL; PRAGMA foreign_keys = ON;');
  return db;
}

/** Opens a store that another process may be working on; its schema has to be the present one. */
function openAsItIs(path: string, options: { readonly readOnly?: boolean } = {}): SqliteDatabase {
  return guarded(path, () => {
    const db = new SqliteDatabase(new DatabaseSync(path, { ...options, timeout: 5_000 }), path);
    try {
      const version = schemaVersion(db);
      if (version !== migrations.length) throw new StoreVersionError(`The store ${path} has version ${version}, this Barometer works with version ${migrations.length}.`);
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
