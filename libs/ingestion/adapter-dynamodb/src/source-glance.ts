import { SECOND } from '@barometer/kernel';
import type { SourceRecord } from './source-item';

/** How long a read of all sources may be used. A lease is conditional on it, so that changes by others come late but do no harm. */
const LONGEST = 5 * SECOND;

interface Look {
  readonly begun: number;
  /** The caller's time, which goes on while a process is frozen between two invocations. */
  readonly now: number;
  readonly changes: number;
  readonly records: Promise<Map<string, SourceRecord>>;
}

/**
 * The latest read of all sources, shared by the polls of one round: the sources are one partition, whose reading cost
 * grows with their number. Changes by this process are applied to it.
 */
export class SourceGlance {
  private look: Look | undefined;
  private reading: Look | undefined;
  private changes = 0;

  constructor(private readonly read: () => Promise<readonly SourceRecord[]>) {}

  /** The latest read, unless it is too old; `undefined` if there is none. */
  async latest(now: number): Promise<ReadonlyMap<string, SourceRecord> | undefined> {
    const { look } = this;
    return look && performance.now() - look.begun < LONGEST && Math.abs(now - look.now) < LONGEST ? look.records : undefined;
  }

  /** Reads again; callers share a read in progress if nothing was changed since. */
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

  /** Applies a change by this process; `undefined` means that the source is no longer as it was read. */
  async note(id: string, record: SourceRecord | undefined): Promise<void> {
    this.changes += 1;
    // A failed read is ignored here; it does not affect the change.
    const records = await this.look?.records.catch(() => undefined);
    if (record) records?.set(id, record);
    else records?.delete(id);
  }

  /** Discards the latest read, since a source may have become due. */
  forget(): void {
    this.changes += 1;
    this.look = undefined;
  }
}
