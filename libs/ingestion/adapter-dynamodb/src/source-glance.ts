import { SECOND } from '@barometer/kernel';
import type { SourceRecord } from './source-item';

/** How long what was read of all sources may be used. Whoever leases does so on condition of it, so that others' changes come late, and not to harm. */
const LONGEST = 5 * SECOND;

interface Look {
  readonly begun: number;
  /** The caller's time, which goes on where a process is frozen between two invocations. */
  readonly now: number;
  readonly changes: number;
  readonly records: Promise<Map<string, SourceRecord>>;
}

/**
 * The latest look at all sources, for the many questions of one round of polls: they are one partition, and reading it grows
 * with the sources. It follows the changes of its own process.
 */
export class SourceGlance {
  private look: Look | undefined;
  private reading: Look | undefined;
  private changes = 0;

  constructor(private readonly read: () => Promise<readonly SourceRecord[]>) {}

  /** What was read a moment ago; `undefined` where nothing was. */
  async latest(now: number): Promise<ReadonlyMap<string, SourceRecord> | undefined> {
    const { look } = this;
    return look && performance.now() - look.begun < LONGEST && Math.abs(now - look.now) < LONGEST ? look.records : undefined;
  }

  /** Reads anew; those who ask while nothing is changed share one reading that has not ended. */
  async renewed(now: number): Promise<ReadonlyMap<string, SourceRecord>> {
    if (this.reading?.changes === this.changes) return this.reading.records;
    const reading = this.read().then((records) => new Map(records.map((record) => [record.source.id, record])));
    const look = { begun: performance.now(), now, changes: this.changes, records: reading };
    this.look = look;
    this.reading = look;
    try {
      return await reading;
    } catch (error) {
      if (this.look === look) this.look = undefined;
      throw error;
    } finally {
      if (this.reading === look) this.reading = undefined;
    }
  }

  /** This process has changed a source to this, or found that it no longer is what was seen: `undefined`. */
  async note(id: string, record: SourceRecord | undefined): Promise<void> {
    this.changes += 1;
    // A reading that fails is no look any more, and nothing against the change.
    const records = await this.look?.records.catch(() => undefined);
    if (record) records?.set(id, record);
    else records?.delete(id);
  }

  /** Something may be due that was not. */
  forget(): void {
    this.changes += 1;
    this.look = undefined;
  }
}
