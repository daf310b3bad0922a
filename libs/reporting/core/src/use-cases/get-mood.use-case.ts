import type { Clock } from '@barometer/kernel';
import { moodOf, type Mood } from '../domain/mood';
import { observationPeriod, observedIn } from '../domain/observation';
import { hoursIn, knownPeriod, periodBefore } from '../domain/period';
import type { Period, Scope } from '../domain/report';
import type { SourceHours } from '../domain/packed-hours';
import type { ReportStore } from '../ports/report-store.port';

/** What figures are asked for: of everything, or of a topic, a source, or a topic in a source. */
export interface ScopedPeriod extends Scope {
  readonly period: Period;
}

/** Two weeks and the two before them. Longer periods are compared as they are, whoever spoke in them. */
const LONGEST_BY_SOURCE = 28 * 24;

/** The mood of a period, and how it changed against the equally long period before. */
export class GetMood {
  constructor(private readonly deps: { readonly reports: ReportStore; readonly clock: Clock }) {}

  async execute({ period: asked, ...scope }: ScopedPeriod): Promise<Mood> {
    const { reports, clock } = this.deps;
    const period = knownPeriod(asked, clock.now());
    const both = { from: periodBefore(period).from, to: period.to };
    const [rows, sources, polled] = await Promise.all([
      reports.hours(scope, both),
      this.bySource(scope, both),
      reports.observedHours(scope.sourceId, observationPeriod(scope, both)),
    ]);
    return moodOf(period, { rows, bySource: sources ?? new Map([['', rows]]), oneSource: scope.sourceId !== undefined }, observedIn(scope, both, polled));
  }

  /** Not of a single source, and not of long periods, in which hours by source are too many to read for one answer. */
  private async bySource(scope: Scope, period: Period): Promise<SourceHours | undefined> {
    return scope.sourceId === undefined && hoursIn(period) <= LONGEST_BY_SOURCE ? this.deps.reports.hoursBy('source', scope, period) : undefined;
  }
}
