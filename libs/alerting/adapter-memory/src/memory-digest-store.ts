import type { Digest, DigestStore, Edition, SettledDigest } from '@barometer/alerting';
import type { MemoryAlertStore } from './memory-alert-store';

/** Digests in memory, beside the alert store that holds the outbox. */
export class MemoryDigestStore implements DigestStore {
  private readonly digestRows = new Map<string, Digest>();
  private readonly editionRows = new Map<string, Edition>();

  constructor(private readonly outbox: Pick<MemoryAlertStore, 'addDeliveries'>) {}

  async digests(): Promise<readonly Digest[]> {
    return structuredClone([...this.digestRows.values()].sort((one, other) => one.createdAt - other.createdAt || (one.id < other.id ? -1 : 1)));
  }

  async digest(id: string): Promise<Digest | undefined> {
    return structuredClone(this.digestRows.get(id));
  }

  async addDigest(digest: Digest): Promise<boolean> {
    if (this.digestRows.has(digest.id)) return false;
    this.digestRows.set(digest.id, structuredClone(digest));
    return true;
  }

  async settleDigest({ digest, edition, deliveries }: SettledDigest): Promise<boolean> {
    if (this.digestRows.get(digest.id)?.version !== digest.version) return false;
    this.digestRows.set(digest.id, structuredClone({ ...digest, version: digest.version + 1 }));
    if (!edition || this.editionRows.has(edition.id)) return true;
    this.editionRows.set(edition.id, structuredClone(edition));
    this.outbox.addDeliveries(deliveries);
    return true;
  }

  async removeDigest(id: string): Promise<boolean> {
    return this.digestRows.delete(id);
  }

  async edition(id: string): Promise<Edition | undefined> {
    return structuredClone(this.editionRows.get(id));
  }

  async removeEditionsBefore(time: number): Promise<void> {
    for (const { id, dueAt } of this.editionRows.values()) if (dueAt < time) this.editionRows.delete(id);
  }
}
