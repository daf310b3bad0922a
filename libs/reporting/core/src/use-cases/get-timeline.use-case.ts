import type { Clock } from '@barometer/kernel';
import { observationPeriod, observedIn } from '../domain/observation';
import { hoursIn, knownPeriod } from '../domain/period';
import { sourcesOf, type Period, type Scope } from '../domain/report';
import { bucketsOf, dayBegin, localDays, type BucketSize, type Timeline, type TimelineBucket } from '../domain/timeline';
import type { ReportStore } from '../ports/report-store.port';
import type { ScopedPeriod } from './get-mood.use-case';
import type { UsualRanges } from './usual-ranges';

export interface TimelineQuery extends ScopedPeriod {
  readonly bucket: BucketSize;
  /** IANA name of the zone whose days are used; UTC if absent. Unused for buckets of an hour. */
  readonly timeZone?: string;
}

/** For longer timelines there are no usual ranges, since all hours by source would have to be read. */
const LONGEST_USUAL = 90 * 24;

/** The mood over time, with usual ranges, gaps and the hours in which the model changed. */
export class GetTimeline {
  constructor(private readonly deps: { readonly reports: ReportStore; readonly usual: UsualRanges; readonly clock: Clock }) {}

  /** @throws RangeError for an invalid time zone; check with `isTimeZone` first */
  async execute({ period: asked, bucket, timeZone = 'UTC', ...scope }: TimelineQuery): Promise<Timeline> {
    const { reports, clock } = this.deps;
    const period = knownPeriod(asked, clock.now(), reports.retention);
    const [rows, polled, filled, models] = await Promise.all([
      reports.hours(scope, period),
      reports.observedHours(sourcesOf(scope), observationPeriod(scope, period)),
      reports.importedHours(sourcesOf(scope), period),
      reports.modelChanges(period),
    ]);
    const found = bucketsOf(period, { bucket, timeZone }, rows, { observed: observedIn(scope, period, polled), imported: new Set(filled) });
    const { buckets, usual } = await this.withUsual(scope, period, found);
    // The first entry is the model at the beginning of the period, not a change.
    return {
      period,
      bucket,
      timeZone,
      ...(bucket === 'day' && { dayBegins: dayBegin(localDays(period, timeZone), timeZone) }),
      usual,
      buckets,
      modelChanges: models.slice(1),
    };
  }

  private async withUsual(scope: Scope, period: Period, buckets: readonly TimelineBucket[]): Promise<Pick<Timeline, 'buckets' | 'usual'>> {
    const spoken = buckets.filter(({ volume }) => volume > 0);
    if (spoken.length === 0) return { buckets, usual: { missing: 'nothing-scored' } };
    if (hoursIn(period) > LONGEST_USUAL) return { buckets, usual: { missing: 'period-too-long' } };
    const found = await this.deps.usual.ofParts(scope, period, spoken);
    if ('missing' in found) return { buckets, usual: found };
    const ranges = new Map(spoken.map((bucket, index) => [bucket, found.ranges[index]]));
    const some = found.ranges.find((one) => 'range' in one);
    const missing = found.ranges.flatMap((one) => ('missing' in one ? [one.missing] : []));
    return {
      buckets: buckets.map((bucket) => {
        const usual = ranges.get(bucket);
        return usual && 'range' in usual ? { ...bucket, usual: usual.range } : bucket;
      }),
      usual: some
        ? { basis: some.range.basis, days: some.range.days }
        : { missing: missing.includes('too-few-articles') ? 'too-few-articles' : 'nothing-known' },
    };
  }
}
