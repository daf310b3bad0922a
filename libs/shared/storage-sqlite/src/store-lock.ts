import { readFileSync, rmSync, writeFileSync } from 'node:fs';
import { hostname } from 'node:os';
import { DatabaseSync } from 'node:sqlite';
import { BUSY, sqliteCode, StoreInUseError } from './errors';

/**
 * Locks the store for this process; answers a function that unlocks it. The lock is an exclusive SQLite lock on a side
 * file: the operating system releases it however the process ends, so that a kill leaves no stale lock. The pid and the
 * host beside it only improve the message. Throws `StoreInUseError`.
 */
export function lockStore(path: string): () => void {
  const lock = new DatabaseSync(`${path}.lock`, { timeout: 0 });
  try {
    lock.exec('PRAGMA locking_mode = EXCLUSIVE; BEGIN EXCLUSIVE');
  } catch (error) {
    lock.close();
    if (sqliteCode(error) === BUSY) throw new StoreInUseError(path, ...holderOf(path));
    throw error;
  }
  try {
    writeFileSync(`${path}.pid`, `${process.pid} ${hostname()}\n`);
  } catch (error) {
    lock.close();
    throw error;
  }
  return () => {
    rmSync(`${path}.pid`, { force: true });
    lock.close();
  };
}

/** The process that holds the store, if recorded and alive, and its host if that is another one, where it cannot be checked whether the process lives. */
function holderOf(path: string): [pid?: number, host?: string] {
  try {
    const [pid, host] = readFileSync(`${path}.pid`, 'utf8').trim().split(' ');
    if (host !== undefined && host !== hostname()) return [Number(pid), host];
    process.kill(Number(pid), 0);
    return [Number(pid)];
  } catch {
    return [];
  }
}
