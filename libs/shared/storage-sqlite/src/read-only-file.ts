import { accessSync, constants, statSync } from 'node:fs';
import { dirname } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { pathToFileURL } from 'node:url';
import { isFileError, lacksRoomForIndex, StoreUnreadableError } from './errors';

/**
 * Opens a store's file for reading, also on a volume that is read-only or full: SQLite would have to write beside the
 * file there unless it is told that the file does not change. Throws `StoreUnreadableError` if the log holds data that
 * cannot be read this way.
 */
export function openReadOnly(path: string): DatabaseSync {
  if (!isOnReadOnlyVolume(path)) return openShared(path);
  if ((statSync(`${path}-wal`, { throwIfNoEntry: false })?.size ?? 0) > 0) {
    throw new StoreUnreadableError(
      `The store ${path} is on a volume that can only be read, and its log ${path}-wal holds what is not in it yet: copy both to where they can be written.`,
    );
  }
  const url = pathToFileURL(path);
  url.searchParams.set('immutable', '1');
  return new DatabaseSync(url, { readOnly: true });
}

function openShared(path: string): DatabaseSync {
  const db = new DatabaseSync(path, { readOnly: true, timeout: 5_000 });
  try {
    db.prepare('SELECT count(*) FROM sqlite_schema').get();
    return db;
  } catch (error) {
    // A file that is damaged or not a database fails at its first read.
    if (!lacksRoomForIndex(error)) return db;
    db.close();
    return openAlone(path);
  }
}

/** Reads without the index that readers share, which keeps all other processes out meanwhile. */
function openAlone(path: string): DatabaseSync {
  const db = new DatabaseSync(path, { timeout: 5_000 });
  db.exec('PRAGMA locking_mode = EXCLUSIVE; PRAGMA query_only = ON;');
  return db;
}

/** Whether the volume of a file is read-only; `false` if the folder does not exist. */
export function isOnReadOnlyVolume(path: string): boolean {
  try {
    accessSync(dirname(path), constants.W_OK);
    return false;
  } catch (error) {
    return isFileError(error) && error.code === 'EROFS';
  }
}
