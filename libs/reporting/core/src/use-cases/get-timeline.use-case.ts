import type { Clock } from '@barometer/kernel';
import { observationPeriod, observedIn } from '../domain/observation';
import { knownPeriod } from '../domain/period';
import type { Period, Scope } from '../domain/report';
import { bucketsOf, dayBegin, localDays, type BucketSize, type Timeline, type TimelineBucket } from '../domain/timeline';
import type { ReportStore } from '../ports/report-store.port';
import type { ScopedPeriod } from './get-mood.use-case';
import type { UsualRanges } from './usual-ranges';

export interface TimelineQuery extends ScopedPeriod {
  readonly bucket: BucketSize;
  /** IANA name of the zone whose days are meant; UTC when absent. Without meaning for buckets of an hour. */
  readonly timeZone?: string;
}

/** The mood over time, with what is usual, its gaps and the hours in which the model changed. */
export class GetTimeline {
  constructor(private readonly deps: { readonly reports: ReportStore; readonly usual: UsualRanges; readonly clock: Clock }) {}

  /** @throws RangeError for a time zone that `isTimeZone` refuses. */
  async execute({ period: asked, bucket, timeZone = 'UTC', ...scope }: TimelineQuery): Promise<Timeline> {
    const { reports, clock } = this.deps;
    const period = knownPeriod(asked, clock.now());
    const [rows, polled, models] = await Promise.all([
      reports.hours(scope, period),
      reports.observedHours(scope.sourceId, observationPeriod(scope, period)),
      reports.modelChanges(period),
    ]);
    const found = bucketsOf(period, { bucket, timeZone }, rows, observedIn(scope, period, polled));
    const { buckets, usual } = await this.withUsual(scope, period, found);
    // The first one is the model that the period begins with: no change.
    return { period, bucket, timeZone, ...(bucket === 'day' && { dayBegins: dayBegin(localDays(period, timeZone), timeZone) }), usual, buckets, modelChanges: models.slice(1) };
  }

  private async withUsual(scope: Scope, period: Period, buckets: readonly TimelineBucket[]): Promise<Pick<Timeline, 'buckets' | 'usual'>> {
    const spoken = buckets.filter(({ volume }) => volume > 0);
    if (spoken.length === 0) return { buckets, usual: { missing: 'nothing-scored' } };
    const found = await this.deps.usual.ofParts(scope, period, spoken);
    if ('missing' in found) return { buckets, usual: found };
    const ranges = new Map(spoken.map((bucket, index) => [bucket, found.ranges[index]]));
    const [some] = found.ranges.filter((range) => range !== undefined);
    return {
      buckets: buckets.map((bucket) => {
        const usual = ranges.get(bucket);
        return usual ? { ...bucket, usual } : bucket;
      }),
      usual: some ? { basis: some.basis, days: some.days } : { missing: 'nothing-known' },
    };
  }
}
