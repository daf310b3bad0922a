import type { AccessKey, AccessKeys } from '@barometer/access';
import type { MemoryDatabase } from '@barometer/storage-memory';

export class MemoryAccessKeys implements AccessKeys {
  constructor(private readonly db: MemoryDatabase) {}

  async add(key: AccessKey): Promise<boolean> {
    if (this.db.accessKeys.has(key.id)) return false;
    this.db.accessKeys.set(key.id, { ...key });
    return true;
  }

  async list(): Promise<readonly AccessKey[]> {
    const keys = [...this.db.accessKeys.values()].map((key) => ({ ...key }));
    return keys.sort((one, other) => one.createdAt - other.createdAt || (one.id < other.id ? -1 : 1));
  }

  async find(id: string): Promise<AccessKey | undefined> {
    const key = this.db.accessKeys.get(id);
    return key && { ...key };
  }

  async remove(id: string): Promise<boolean> {
    return this.db.accessKeys.delete(id);
  }
}
