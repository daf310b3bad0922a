import type { Session } from '../domain/session';

/** Stores sessions. An expired session may still be found, or may be removed: callers check its times. */
export interface SessionStore {
  /** `false` if the id is taken. */
  add(session: Session): Promise<boolean>;
  find(id: string): Promise<Session | undefined>;
  /** Records that a session is in use; does nothing if it has been removed. */
  touch(id: string, times: Pick<Session, 'seenAt' | 'expiresAt'>): Promise<void>;
  /** All sessions that had not expired before `now`, oldest first. */
  list(now: number): Promise<readonly Session[]>;
  remove(id: string): Promise<boolean>;
  /** Removes all. @returns how many there were */
  removeAll(): Promise<number>;
}
