import type { CanaryAnswer, CanaryRecord, CanaryStore } from '@barometer/canary';
import type { MemoryDatabase } from './memory-database';

/** The canary in memory. */
export class MemoryCanaryStore implements CanaryStore {
  constructor(private readonly db: MemoryDatabase) {}

  async read(): Promise<CanaryRecord | undefined> {
    return structuredClone(this.db.canary);
  }

  async send(record: CanaryRecord, instead: string | undefined): Promise<boolean> {
    if (this.db.canary?.id !== instead) return false;
    this.db.canary = structuredClone(record);
    return true;
  }

  async answer(id: string, answer: CanaryAnswer): Promise<boolean> {
    const { canary } = this.db;
    if (canary?.id !== id || canary.answer) return false;
    this.db.canary = { ...canary, answer: structuredClone(answer) };
    return true;
  }
}
