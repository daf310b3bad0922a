import type { AccessKey, AccessKeys } from '@barometer/access';
import type { SqliteDatabase } from '@barometer/storage-sqlite';

const columns = 'id, name, role, feed, digest, created_at AS createdAt';

type Row = Omit<AccessKey, 'feed'> & { readonly feed: string | null };

export class SqliteAccessKeys implements AccessKeys {
  constructor(private readonly db: SqliteDatabase) {}

  async add({ id, name, role, feed, digest, createdAt }: AccessKey): Promise<boolean> {
    const sql = 'INSERT INTO access_keys (id, name, role, feed, digest, created_at) VALUES (?, ?, ?, ?, ?, ?) ON CONFLICT DO NOTHING';
    return this.db.run(sql, id, name, role, feed ?? null, digest, createdAt) > 0;
  }

  async list(): Promise<readonly AccessKey[]> {
    return this.db.all<Row>(`SELECT ${columns} FROM access_keys ORDER BY created_at, id`).map(keyOf);
  }

  async find(id: string): Promise<AccessKey | undefined> {
    const row = this.db.get<Row>(`SELECT ${columns} FROM access_keys WHERE id = ?`, id);
    return row && keyOf(row);
  }

  async remove(id: string): Promise<boolean> {
    return this.db.run('DELETE FROM access_keys WHERE id = ?', id) > 0;
  }
}

const keyOf = ({ feed, ...key }: Row): AccessKey => ({ ...key, ...(feed !== null && { feed }) });
