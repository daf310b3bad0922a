import { closeSync, existsSync, fsyncSync, linkSync, openSync, renameSync, rmSync, statSync } from 'node:fs';
import * as sqlite from 'node:sqlite';
import { basename, dirname } from 'node:path';
import { StoreError } from '@barometer/kernel';
import { isFileError, StoreUnreadableError, storeErrorOf } from './errors';
import { expectKnownVersion } from './migrate';
import { isOnReadOnlyVolume, openReadOnly } from './read-only-file';
import { lockStore } from './store-lock';

/** The contents of a copy of a store, as found when the copy was opened again. */
export interface StoreCopy {
  readonly articles: number;
  readonly sources: number;
  readonly schemaVersion: number;
  readonly bytes: number;
}

export interface CopyOptions {
  /** Replaces an existing file. */
  readonly overwrite?: boolean;
  /** Called with the number of the store's bytes that are copied. */
  readonly onProgress?: (doneBytes: number, totalBytes: number) => void;
  /** Ends the copy; what was written so far is removed. */
  readonly signal?: AbortSignal;
}

/** A copy or restore that was refused for a reason that the user can fix; nothing was changed. */
export class BackupError extends StoreError {
  override readonly name = 'BackupError';
}

/** Pages a step: 4 MiB, small enough to stop soon, and large enough for the overhead of a step. */
const PAGES_A_STEP = 1024;

/**
 * Copies the store in `path` to the file `target`, even while Barometer uses it: the copy is the store at the moment
 * when the copying began. The copy is checked by opening it before it gets its name, so a file of that name is always a
 * complete store.
 *
 * Throws `BackupError`, `StoreUnreadableError`, `StoreHeldError`, `StoreFullError`.
 */
export async function backUpStore(path: string, target: string, options: CopyOptions = {}): Promise<StoreCopy> {
  if (isSameFile(path, target)) throw new BackupError(`${target} is the store itself: a back-up goes to another file.`);
  if (isBesideStore(target, path)) throw new BackupError(`${target} belongs to the store itself: a back-up goes to another file.`);
  if (statSync(target, { throwIfNoEntry: false })?.isDirectory()) throw new BackupError(`${target} is a folder: name a file in it.`);
  if (isOnReadOnlyVolume(target)) throw new BackupError(`${target} is on a volume that can only be read: a back-up goes to another one.`);
  if (!options.overwrite && existsSync(target)) throw new BackupError(`${target} is there already; --overwrite replaces it.`);
  const copy = await copyStore(path, target, options);
  replaceFile(`${target}.part`, target);
  return copy;
}

/**
 * Replaces the store in `path` by the one in the file `from`; the old store is kept beside it under another name.
 * Whenever the process ends, `path` is a complete store: the old one or the new one.
 *
 * Throws `StoreInUseError` if Barometer uses the store, `StoreVersionError` for a store of a newer version,
 * `BackupError`, `StoreUnreadableError`, `StoreHeldError`, `StoreFullError`.
 * @returns what was restored, and the file that keeps the replaced store; `undefined` if there was none
 */
export async function restoreStore(
  from: string,
  path: string,
  options: Omit<CopyOptions, 'overwrite'> & { readonly now?: Date } = {},
): Promise<StoreCopy & { readonly replaced?: string }> {
  if (isSameFile(from, path)) throw new BackupError(`${from} is the store itself: restore takes another file.`);
  const unlock = lockStore(path);
  try {
    const copy = await copyStore(from, path, options);
    const replaced = existsSync(path) ? keepAside(path, options.now ?? new Date()) : undefined;
    for (const rest of logFiles(path)) rmSync(rest, { force: true });
    replaceFile(`${path}.part`, path);
    return { ...copy, ...(replaced !== undefined && { replaced }) };
  } finally {
    rmSync(`${path}.part`, { force: true });
    unlock();
  }
}

/** Copies a store to `${target}.part` and checks it by opening it; removes it after any failure. */
async function copyStore(from: string, target: string, { onProgress, signal }: CopyOptions): Promise<StoreCopy> {
  const part = `${target}.part`;
  if (!existsSync(from)) throw new StoreUnreadableError(`There is no file ${from}.`);
  try {
    rmSync(part, { force: true });
    const source = openReadOnly(from);
    try {
      expectStore(source, from);
      // A read transaction pins the state that is copied; without it, every other write would restart the copy.
      source.exec('BEGIN');
      source.prepare('SELECT count(*) FROM sqlite_schema').get();
      const pageSize = Number((source.prepare('PRAGMA page_size').get() as { page_size: number }).page_size);
      await sqlite.backup(source, part, {
        rate: PAGES_A_STEP,
        progress: ({ totalPages, remainingPages }: { totalPages: number; remainingPages: number }) => {
          signal?.throwIfAborted();
          onProgress?.((totalPages - remainingPages) * pageSize, totalPages * pageSize);
        },
      });
    } finally {
      source.close();
    }
    const copy = opened(part, from);
    onProgress?.(copy.bytes, copy.bytes);
    signal?.throwIfAborted();
    return copy;
  } catch (error) {
    for (const file of [part, ...logFiles(part)]) rmSync(file, { force: true });
    if (isFileError(error)) throw new BackupError(`${target} cannot be written: ${error.message}.`, { cause: error });
    throw storeErrorOf(error, target);
  }
}

/** Opens a copy as a reader would and counts its contents. Throws if it is not complete. */
function opened(copy: string, from: string): StoreCopy {
  const db = new sqlite.DatabaseSync(copy);
  try {
    // The copy inherits the journal mode of its original; without a log of its own it is a single file that can be moved.
    db.exec('PRAGMA journal_mode = DELETE');
    const one = (sql: string) => Object.values(db.prepare(sql).get() ?? {})[0];
    const verdict = one('PRAGMA integrity_check');
    if (verdict !== 'ok') throw new StoreUnreadableError(`The store ${from} is damaged: ${String(verdict)}.`);
    return {
      articles: Number(one('SELECT count(*) FROM articles')),
      sources: Number(one('SELECT count(*) FROM sources')),
      schemaVersion: Number(one('PRAGMA user_version')),
      bytes: statSync(copy).size,
    };
  } finally {
    db.close();
  }
}

/** Throws unless the file is a store that this program or an older one wrote. */
function expectStore(db: sqlite.DatabaseSync, path: string): void {
  let version: number;
  try {
    version = Number((db.prepare('PRAGMA user_version').get() as { user_version: number }).user_version);
    if (version === 0 || !db.prepare("SELECT 1 FROM sqlite_schema WHERE name = 'article_sources'").get())
      throw new StoreUnreadableError(`The file ${path} is not a store of Barometer.`);
  } catch (error) {
    throw storeErrorOf(error, path);
  }
  expectKnownVersion(version, path);
}

/** Gives the store in `path` a second name, so that it always has one. @returns that name */
function keepAside(path: string, now: Date): string {
  const stamp = now
    .toISOString()
    .replace(/\.\d+Z$/, 'Z')
    .replaceAll(':', '-');
  let kept = `${path}.replaced-${stamp}`;
  for (let turn = 2; existsSync(kept); turn += 1) kept = `${path}.replaced-${stamp}-${turn}`;
  const log = { now: `${path}-wal`, kept: `${kept}-wal` };
  linkSync(path, kept);
  if (existsSync(log.now)) linkSync(log.now, log.kept);
  // Only now, when both have a second name: SQLite removes the log of a file that it cannot read.
  endLog(path);
  if (statSync(log.kept, { throwIfNoEntry: false })?.size === 0) rmSync(log.kept);
  return kept;
}

/** Writes the log into the store if the store can be opened; a damaged one is kept together with its log. */
function endLog(path: string): void {
  try {
    const db = new sqlite.DatabaseSync(path, { timeout: 5_000 });
    try {
      db.exec('PRAGMA wal_checkpoint(TRUNCATE)');
    } finally {
      db.close();
    }
  } catch {
    // It is kept unchanged, with its log.
  }
}

const logFiles = (path: string) => [`${path}-wal`, `${path}-shm`];

/** Renames `part` to `path`; both are on the disk before this returns. */
function replaceFile(part: string, path: string): void {
  syncToDisk(part);
  renameSync(part, path);
  // On Windows a folder has no handle to synchronise, and needs none.
  if (process.platform !== 'win32') syncToDisk(dirname(path));
}

function syncToDisk(path: string): void {
  const handle = openSync(path, 'r');
  try {
    fsyncSync(handle);
  } finally {
    closeSync(handle);
  }
}

/** Whether a name is one that SQLite or the lock uses beside the store, such as its log. */
function isBesideStore(target: string, path: string): boolean {
  const ends = ['-wal', '-shm', '-journal', '.lock', '.lock-journal', '.pid', '.part'];
  return isSameFile(dirname(target), dirname(path)) && ends.some((end) => basename(path) + end === basename(target));
}

function isSameFile(one: string, other: string): boolean {
  const [a, b] = [one, other].map((path) => statSync(path, { throwIfNoEntry: false }));
  return a !== undefined && b !== undefined && a.ino === b.ino && a.dev === b.dev;
}
