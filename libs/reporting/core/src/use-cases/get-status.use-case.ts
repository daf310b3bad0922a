import { canaryStatus, type CanaryStatus, type CanaryStore } from '@barometer/canary';
import { HOUR, type Clock } from '@barometer/kernel';
import type { JudgementCounts, ReportStore, StoreStatus } from '../ports/report-store.port';

/** The present state: articles by state, the age of the oldest pending one, and when a poll last succeeded. */
export interface ReportStatus {
  readonly asOf: number;
  readonly articles: Omit<StoreStatus, 'oldestPendingAt' | 'judgements'>;
  readonly judgements: JudgementCounts;
  /**
   * How long the oldest pending article has been waiting, in milliseconds; absent if none is pending, or if it was
   * stored by a clock that was ahead.
   */
  readonly oldestPendingAgeMs?: number;
  /** The beginning of the last hour with a successful poll; absent if there was none. */
  readonly lastObservedHour?: number;
  /** How the canary, a sentence with a known tone, fared; absent if none is sent. */
  readonly canary?: CanaryStatus;
  /** Differs whenever anything that readers can see may differ. */
  readonly watermark: string;
}

export class GetStatus {
  /** Without `canaries` if none are sent. */
  constructor(private readonly deps: { readonly reports: ReportStore; readonly clock: Clock; readonly canaries?: Pick<CanaryStore, 'read'> | undefined }) {}

  async execute(): Promise<ReportStatus> {
    const { reports, clock, canaries } = this.deps;
    const asOf = clock.now();
    const [{ oldestPendingAt, judgements, ...articles }, observed, watermark, canary] = await Promise.all([
      reports.status(),
      reports.observedHours(undefined, { from: asOf - reports.retention.rollups, to: asOf + 1 }),
      reports.watermark(),
      canaries?.read(),
    ]);
    const lastHour = observed.at(-1);
    return {
      asOf,
      articles,
      judgements,
      ...(oldestPendingAt !== undefined && oldestPendingAt <= asOf && { oldestPendingAgeMs: asOf - oldestPendingAt }),
      ...(lastHour !== undefined && { lastObservedHour: lastHour * HOUR }),
      ...(canaries && { canary: canaryStatus(canary, asOf) }),
      watermark,
    };
  }
}
