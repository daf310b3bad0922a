import { readFileSync, rmSync, writeFileSync } from 'node:fs';
import { DatabaseSync } from 'node:sqlite';
import { BUSY, sqliteCode, StoreInUseError } from './errors';

/**
 * Takes the store for this process; answers how to give it back. The lock is an exclusive SQLite lock on a side file:
 * the operating system drops it however the process ends, so that nothing stale is left after a kill. The pid beside
 * it only makes the message better. Throws `StoreInUseError`.
 */
export function lockStore(path: string): () => void {
  const lock = new DatabaseSync(`${path}.lock`, { timeout: 0 });
  try {
    lock.exec('PRAGMA locking_mode = EXCLUSIVE; BEGIN EXCLUSIVE');
  } catch (error) {
    lock.close();
    if (sqliteCode(error) === BUSY) throw new StoreInUseError(path, holderOf(path));
    throw error;
  }
  writeFileSync(`${path}.pid`, `${process.pid}\n`);
  return () => {
    rmSync(`${path}.pid`, { force: true });
    lock.close();
  };
}

/** The process that holds the store, if its pid was written and such a process lives. */
function holderOf(path: string): number | undefined {
  try {
    const pid = Number(readFileSync(`${path}.pid`, 'utf8'));
    process.kill(pid, 0);
    return pid;
  } catch {
    return undefined;
  }
}
