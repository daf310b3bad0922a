import type { Session, SessionStore } from '@barometer/access';
import type { MemoryDatabase } from '@barometer/storage-memory';

export class MemorySessionStore implements SessionStore {
  constructor(private readonly db: MemoryDatabase) {}

  async add(session: Session): Promise<boolean> {
    for (const { id, expiresAt } of this.db.sessions.values()) if (expiresAt <= session.createdAt) this.db.sessions.delete(id);
    if (this.db.sessions.has(session.id)) return false;
    this.db.sessions.set(session.id, { ...session });
    return true;
  }

  async find(id: string): Promise<Session | undefined> {
    const session = this.db.sessions.get(id);
    return session && { ...session };
  }

  async touch(id: string, { seenAt, expiresAt }: Pick<Session, 'seenAt' | 'expiresAt'>): Promise<void> {
    const session = this.db.sessions.get(id);
    if (session) this.db.sessions.set(id, { ...session, seenAt, expiresAt });
  }

  async list(now: number): Promise<readonly Session[]> {
    const sessions = [...this.db.sessions.values()].filter(({ expiresAt }) => expiresAt > now).map((session) => ({ ...session }));
    return sessions.sort((one, other) => one.createdAt - other.createdAt || (one.id < other.id ? -1 : 1));
  }

  async remove(id: string): Promise<boolean> {
    return this.db.sessions.delete(id);
  }

  async removeAll(): Promise<number> {
    const { size } = this.db.sessions;
    this.db.sessions.clear();
    return size;
  }
}
