import { HOUR, RETENTION, type Clock } from '@barometer/kernel';
import type { JudgementCounts, ReportStore, StoreStatus } from '../ports/report-store.port';

/** How things stand: articles by state, how long the oldest waits, when a poll last succeeded. */
export interface ReportStatus {
  readonly asOf: number;
  readonly articles: Omit<StoreStatus, 'oldestPendingAt' | 'judgements'>;
  readonly judgements: JudgementCounts;
  /** How long the oldest pending article has waited, in milliseconds; absent when none waits, and where it was stored by a clock that was ahead. */
  readonly oldestPendingAgeMs?: number;
  /** The begin of the last hour in which a poll succeeded; absent when none ever did. */
  readonly lastObservedHour?: number;
  /** Differs whenever anything that readers can see may differ. */
  readonly watermark: string;
}

export class GetStatus {
  constructor(private readonly deps: { readonly reports: ReportStore; readonly clock: Clock }) {}

  async execute(): Promise<ReportStatus> {
    const { reports, clock } = this.deps;
    const asOf = clock.now();
    const [{ oldestPendingAt, judgements, ...articles }, observed, watermark] = await Promise.all([
      reports.status(),
      reports.observedHours(undefined, { from: asOf - RETENTION, to: asOf + 1 }),
      reports.watermark(),
    ]);
    const lastHour = observed.at(-1);
    return {
      asOf,
      articles,
      judgements,
      ...(oldestPendingAt !== undefined && oldestPendingAt <= asOf && { oldestPendingAgeMs: asOf - oldestPendingAt }),
      ...(lastHour !== undefined && { lastObservedHour: lastHour * HOUR }),
      watermark,
    };
  }
}
