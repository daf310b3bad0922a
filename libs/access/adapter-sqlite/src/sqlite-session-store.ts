import type { Session, SessionStore } from '@barometer/access';
import type { SqliteDatabase } from '@barometer/storage-sqlite';

const columns = 'id, digest, subject, name, email, role, granted_by AS grantedBy, created_at AS createdAt, seen_at AS seenAt, expires_at AS expiresAt';

type Row = Omit<Session, 'email'> & { readonly email: string | null };

export class SqliteSessionStore implements SessionStore {
  constructor(private readonly db: SqliteDatabase) {}

  /** Also removes expired sessions: they are few, and nothing else removes them. */
  async add({ id, digest, subject, name, email, role, grantedBy, createdAt, seenAt, expiresAt }: Session): Promise<boolean> {
    this.db.run('DELETE FROM sessions WHERE expires_at <= ?', createdAt);
    const sql =
      'INSERT INTO sessions (id, digest, subject, name, email, role, granted_by, created_at, seen_at, expires_at) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?) ON CONFLICT DO NOTHING';
    return this.db.run(sql, id, digest, subject, name, email ?? null, role, grantedBy, createdAt, seenAt, expiresAt) > 0;
  }

  async find(id: string): Promise<Session | undefined> {
    const row = this.db.get<Row>(`SELECT ${columns} FROM sessions WHERE id = ?`, id);
    return row && sessionOf(row);
  }

  async touch(id: string, { seenAt, expiresAt }: Pick<Session, 'seenAt' | 'expiresAt'>): Promise<void> {
    this.db.run('UPDATE sessions SET seen_at = ?, expires_at = ? WHERE id = ?', seenAt, expiresAt, id);
  }

  async list(now: number): Promise<readonly Session[]> {
    return this.db.all<Row>(`SELECT ${columns} FROM sessions WHERE expires_at > ? ORDER BY created_at, id`, now).map(sessionOf);
  }

  async remove(id: string): Promise<boolean> {
    return this.db.run('DELETE FROM sessions WHERE id = ?', id) > 0;
  }

  async removeAll(): Promise<number> {
    return this.db.run('DELETE FROM sessions');
  }
}

const sessionOf = ({ email, ...session }: Row): Session => ({ ...session, ...(email !== null && { email }) });
