import { HOUR, lastExpiredHour, type Clock } from '@barometer/kernel';
import type { Discrepancy } from '../domain/report';
import type { ReportStore } from '../ports/report-store.port';

/** What the check found. */
export interface InvariantReport {
  /** Differences between roll-ups and articles. */
  readonly discrepancies: readonly Discrepancy[];
  /** How many roll-ups were repaired. */
  readonly repaired: number;
  /**
   * Counts from before this time, in milliseconds since 1970, were not compared, because not all of their articles are
   * kept; absent if there are no older counts.
   */
  readonly since?: number;
}

/** Compares every count and tone sum with the articles inside retention, and repairs them on request. Once `stop` is aborted, it rejects with its reason. */
export class CheckInvariant {
  constructor(private readonly deps: { readonly reports: ReportStore; readonly clock: Clock }) {}

  async execute({ repair = false, stop }: { readonly repair?: boolean; readonly stop?: AbortSignal } = {}): Promise<InvariantReport> {
    const { reports, clock } = this.deps;
    const from = await reports.checkedFrom();
    const isPart = from > lastExpiredHour(clock.now(), reports.retention.rollups) + 1;
    const discrepancies = await reports.check(stop);
    stop?.throwIfAborted();
    const repaired = repair && discrepancies.length > 0 ? await reports.repair() : 0;
    return { discrepancies, repaired, ...(isPart && { since: from * HOUR }) };
  }
}
