import { StoreError } from '@barometer/kernel';

/** Another process uses this store. */
export class StoreInUseError extends StoreError {
  override readonly name = 'StoreInUseError';

  constructor(
    readonly path: string,
    /** The other process, if known. */
    readonly pid?: number,
    /** The computer or container that it runs in, if that is another one. */
    readonly host?: string,
  ) {
    super(`Another Barometer${pid === undefined ? '' : ` (process ${pid}${host === undefined ? '' : ` on ${host}`})`} is using the store ${path}.`);
  }
}

/** Another program than Barometer has locked the file; the operation was not carried out. */
export class StoreHeldError extends StoreError {
  override readonly name = 'StoreHeldError';
}

/** The store was written by a newer version of the program, or, for reading only, by an older one. */
export class StoreVersionError extends StoreError {
  override readonly name = 'StoreVersionError';
}

/** The file cannot be read as a store: not a database, damaged, or not permitted. */
export class StoreUnreadableError extends StoreError {
  override readonly name = 'StoreUnreadableError';
}

/** There is no room left for the store; nothing of the transaction was kept. */
export class StoreFullError extends StoreError {
  override readonly name = 'StoreFullError';
}

/** SQLite's primary result codes (https://www.sqlite.org/rescode.html). */
const PERM = 3,
  READONLY = 8,
  IOERR = 10,
  CORRUPT = 11,
  FULL = 13,
  CANTOPEN = 14,
  NOTADB = 26;
export const BUSY = 5;
const LOCKED = 6;
/** The extended code for a shared-memory index that could not be enlarged (https://www.sqlite.org/rescode.html#ioerr_shmsize). */
const IOERR_SHMSIZE = 4874;

/** The primary SQLite result code of an error, `undefined` when it is none of SQLite's. */
export function sqliteCode(error: unknown): number | undefined {
  const code = extendedCode(error);
  return code === undefined ? undefined : code & 0xff;
}

function extendedCode(error: unknown): number | undefined {
  // Not `instanceof Error`: an error of node:sqlite may come from another realm, as it does under Jest.
  const code = typeof error === 'object' && error !== null && 'errcode' in error ? error.errcode : undefined;
  return typeof code === 'number' ? code : undefined;
}

/** Whether SQLite had no space for the shared-memory index beside the store. */
export const lacksRoomForIndex = (error: unknown): boolean => extendedCode(error) === IOERR_SHMSIZE;

/** Whether a failure is one of the file system, from whichever realm. */
export const isFileError = (error: unknown): error is NodeJS.ErrnoException => typeof error === 'object' && error !== null && 'syscall' in error;

/** Maps a SQLite failure to a store error; returns anything else unchanged. */
export function storeErrorOf(error: unknown, path: string): unknown {
  const cause = { cause: error };
  if (lacksRoomForIndex(error)) return new StoreFullError(`The disk has no room left for the store ${path}.`, cause);
  switch (sqliteCode(error)) {
    case BUSY:
    case LOCKED:
      return new StoreHeldError(`Another program, such as a backup tool or a database browser, holds the store ${path}: close it there and try again.`, cause);
    case FULL:
      return new StoreFullError(`The disk has no room left for the store ${path}.`, cause);
    case CORRUPT:
      return new StoreUnreadableError(`The store ${path} is damaged.`, cause);
    case NOTADB:
      return new StoreUnreadableError(`The file ${path} is not a store of Barometer.`, cause);
    case PERM:
    case READONLY:
      return new StoreUnreadableError(`The store ${path} cannot be written: no permission.`, cause);
    case CANTOPEN:
      return new StoreUnreadableError(`The store ${path} cannot be opened: no such folder, or no permission.`, cause);
    case IOERR:
      return new StoreUnreadableError(`The disk fails to read or write the store ${path}.`, cause);
    default:
      return error;
  }
}
