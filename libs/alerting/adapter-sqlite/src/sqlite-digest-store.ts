import type { Digest, DigestStore, Edition, SettledDigest } from '@barometer/alerting';
import type { SqliteDatabase } from '@barometer/storage-sqlite';
import { writeDelivery } from './delivery-rows';

interface BodyRow {
  readonly body: string;
}

const unseen = { visible: false } as const;
const read = <T>({ body }: BodyRow): T => JSON.parse(body) as T;

/** Digests in the SQLite store; their deliveries are in the outbox of alerts. */
export class SqliteDigestStore implements DigestStore {
  constructor(private readonly db: SqliteDatabase) {}

  async digests(): Promise<readonly Digest[]> {
    return this.db.all<BodyRow>('SELECT body FROM digests ORDER BY created_at, id').map(read<Digest>);
  }

  async digest(id: string): Promise<Digest | undefined> {
    const row = this.db.get<BodyRow>('SELECT body FROM digests WHERE id = ?', id);
    return row && read(row);
  }

  async addDigest(digest: Digest): Promise<boolean> {
    return this.db.transaction(
      () => this.db.run('INSERT OR IGNORE INTO digests VALUES (?, ?, ?, ?)', digest.id, digest.version, digest.createdAt, JSON.stringify(digest)) > 0,
      unseen,
    );
  }

  async settleDigest({ digest, edition, deliveries }: SettledDigest): Promise<boolean> {
    return this.db.transaction(() => {
      const next = { ...digest, version: digest.version + 1 };
      if (
        this.db.run('UPDATE digests SET version = ?, body = ? WHERE id = ? AND version = ?', next.version, JSON.stringify(next), digest.id, digest.version) ===
        0
      )
        return false;
      const isNew =
        edition !== undefined && this.db.run('INSERT OR IGNORE INTO digest_editions VALUES (?, ?, ?)', edition.id, edition.dueAt, JSON.stringify(edition)) > 0;
      if (isNew) for (const delivery of deliveries) writeDelivery(this.db, delivery);
      return true;
    }, unseen);
  }

  async removeDigest(id: string): Promise<boolean> {
    return this.db.transaction(() => this.db.run('DELETE FROM digests WHERE id = ?', id) > 0, unseen);
  }

  async edition(id: string): Promise<Edition | undefined> {
    const row = this.db.get<BodyRow>('SELECT body FROM digest_editions WHERE id = ?', id);
    return row && read(row);
  }

  async removeEditionsBefore(time: number): Promise<void> {
    this.db.transaction(() => this.db.run('DELETE FROM digest_editions WHERE due_at < ?', time), unseen);
  }
}
