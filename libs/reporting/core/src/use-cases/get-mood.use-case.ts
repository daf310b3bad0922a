import type { Clock } from '@barometer/kernel';
import { moodOf, type Mood } from '../domain/mood';
import { observationPeriod, observedIn } from '../domain/observation';
import { knownPeriod, periodBefore } from '../domain/period';
import type { Period, Scope } from '../domain/report';
import type { ReportStore } from '../ports/report-store.port';

/** What figures are asked for: of everything, or of a topic, a source, or a topic in a source. */
export interface ScopedPeriod extends Scope {
  readonly period: Period;
}

/** The mood of a period, and how it changed against the equally long period before. */
export class GetMood {
  constructor(private readonly deps: { readonly reports: ReportStore; readonly clock: Clock }) {}

  async execute({ period: asked, ...scope }: ScopedPeriod): Promise<Mood> {
    const { reports, clock } = this.deps;
    const period = knownPeriod(asked, clock.now());
    const both = { from: periodBefore(period).from, to: period.to };
    const [rows, polled] = await Promise.all([
      reports.hours(scope, both),
      reports.observedHours(scope.sourceId, observationPeriod(scope, both)),
    ]);
    return moodOf(period, rows, observedIn(scope, both, polled));
  }
}
