import type { AccessKey, AccessKeys } from '@barometer/reporting';
import type { SqliteDatabase } from '@barometer/storage-sqlite';

const columns = 'id, name, role, digest, created_at AS createdAt';

export class SqliteAccessKeys implements AccessKeys {
  constructor(private readonly db: SqliteDatabase) {}

  async add({ id, name, role, digest, createdAt }: AccessKey): Promise<boolean> {
    const sql = 'INSERT INTO access_keys (id, name, role, digest, created_at) VALUES (?, ?, ?, ?, ?) ON CONFLICT DO NOTHING';
    return this.db.run(sql, id, name, role, digest, createdAt) > 0;
  }

  async list(): Promise<readonly AccessKey[]> {
    return this.db.all<AccessKey>(`SELECT ${columns} FROM access_keys ORDER BY created_at, id`).map((row) => ({ ...row }));
  }

  async find(id: string): Promise<AccessKey | undefined> {
    const row = this.db.get<AccessKey>(`SELECT ${columns} FROM access_keys WHERE id = ?`, id);
    return row && { ...row };
  }

  async remove(id: string): Promise<boolean> {
    return this.db.run('DELETE FROM access_keys WHERE id = ?', id) > 0;
  }
}
