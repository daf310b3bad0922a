import type { Clock } from '@barometer/kernel';
import { observationPeriod, observedIn } from '../domain/observation';
import { knownPeriod } from '../domain/period';
import { bucketsOf, dayBegin, localDays, type BucketSize, type Timeline } from '../domain/timeline';
import type { ReportStore } from '../ports/report-store.port';
import type { ScopedPeriod } from './get-mood.use-case';

export interface TimelineQuery extends ScopedPeriod {
  readonly bucket: BucketSize;
  /** IANA name of the zone whose days are meant; UTC when absent. Without meaning for buckets of an hour. */
  readonly timeZone?: string;
}

/** The mood over time, with its gaps and the hours in which the model changed. */
export class GetTimeline {
  constructor(private readonly deps: { readonly reports: ReportStore; readonly clock: Clock }) {}

  /** @throws RangeError for a time zone that `isTimeZone` refuses. */
  async execute({ period: asked, bucket, timeZone = 'UTC', ...scope }: TimelineQuery): Promise<Timeline> {
    const { reports, clock } = this.deps;
    const period = knownPeriod(asked, clock.now());
    const [rows, polled, models] = await Promise.all([
      reports.hours(scope, period),
      reports.observedHours(scope.sourceId, observationPeriod(scope, period)),
      reports.modelChanges(period),
    ]);
    const buckets = bucketsOf(period, { bucket, timeZone }, rows, observedIn(scope, period, polled));
    // The first one is the model that the period begins with: no change.
    return { period, bucket, timeZone, ...(bucket === 'day' && { dayBegins: dayBegin(localDays(period, timeZone), timeZone) }), buckets, modelChanges: models.slice(1) };
  }
}
