import { HOUR } from '@barometer/kernel';
import type { HourCounts, ModelChange, Period, Scope } from '../domain/report';
import type { ReportStore } from '../ports/report-store.port';
import { addCounts } from '../domain/figures';
import { hourNumbers } from '../domain/period';
import type { SourceHours } from '../domain/packed-hours';
import { reportsOf } from './fakes';

export interface SimulatedReports {
  readonly rows: SourceHours;
  /** Observed hours; all by default. */
  readonly observed?: (hour: number) => boolean;
  /** Hours into which articles were imported; none by default. */
  readonly imported?: (hour: number) => boolean;
  readonly models?: readonly ModelChange[];
  readonly watermark?: () => number;
}

/** A store of simulated hours, in which each article has one source and no topic; it records which days were read. */
export function simulatedReports({
  rows,
  observed = () => true,
  imported = () => false,
  models = [],
  watermark = () => 1,
}: SimulatedReports): ReportStore & { readonly daysRead: number[] } {
  const daysRead: number[] = [];
  const within =
    ({ from, to }: Period) =>
    (hour: number) =>
      hour * HOUR >= from && hour * HOUR < to;
  const of = ({ sourceId, topicId }: Scope): SourceHours =>
    topicId !== undefined ? new Map() : sourceId === undefined ? rows : new Map([[sourceId, rows.get(sourceId) ?? []]]);
  const days = new Map([...rows].map(([id, hours]) => [id, Map.groupBy(hours, ({ hour }) => Math.floor(hour / 24))]));
  const reports = reportsOf({
    watermark: async () => `${watermark()}`,
    hours: async (scope, period) => {
      const byHour = Map.groupBy(
        [...of(scope).values()].flat().filter(({ hour }) => within(period)(hour)),
        ({ hour }) => hour,
      );
      return [...byHour].map(([hour, counts]): HourCounts => ({ hour, ...addCounts(counts) })).sort((one, other) => one.hour - other.hour);
    },
    async *sourceDays(scope, firstDay, endDay) {
      for (let day = firstDay; day < endDay; day += 1) {
        daysRead.push(day);
        yield { day, sources: new Map([...of(scope).keys()].map((id) => [id, days.get(id)?.get(day) ?? []])) };
      }
    },
    observedHours: async (_source, period) => hourNumbers(period).filter(observed),
    importedHours: async (_source, period) => hourNumbers(period).filter(imported),
    modelChanges: async (period) => models.filter(({ at }) => at < period.to),
  });
  return new Proxy(reports, { get: (target, name) => (name === 'daysRead' ? daysRead : Reflect.get(target, name)) }) as ReportStore & {
    readonly daysRead: number[];
  };
}
