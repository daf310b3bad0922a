import { hourOf, type Clock } from '@barometer/kernel';
import { stretchHours } from '../domain/change';
import { moodOf, type Mood } from '../domain/mood';
import { observationPeriod, observedIn } from '../domain/observation';
import { BlocksOf, type SourceHours } from '../domain/packed-hours';
import { hoursIn, knownPeriod, periodBefore } from '../domain/period';
import { sourcesOf, type Period, type Scope } from '../domain/report';
import type { ReportStore } from '../ports/report-store.port';
import type { UsualRanges } from './usual-ranges';

/** The scope and the period of figures. */
export interface ScopedPeriod extends Scope {
  readonly period: Period;
}

/** Two weeks and the two weeks before them. Longer periods are compared as they are, without regard to their sources. */
const LONGEST_BY_SOURCE = 28 * 24;

/** The mood of a period, how it changed against the equally long period before, and whether it is usual. */
export class GetMood {
  constructor(private readonly deps: { readonly reports: ReportStore; readonly usual: UsualRanges; readonly clock: Clock }) {}

  async execute({ period: asked, ...scope }: ScopedPeriod): Promise<Mood> {
    const { reports, clock } = this.deps;
    const period = knownPeriod(asked, clock.now(), reports.retention);
    const both = { from: periodBefore(period).from, to: period.to };
    const oneSource = sourcesOf(scope)?.length === 1;
    const [rows, sources, polled] = await Promise.all([
      reports.hours(scope, both),
      oneSource ? undefined : this.bySource(scope, both),
      reports.observedHours(sourcesOf(scope), observationPeriod(scope, both)),
    ]);
    const mood = moodOf(period, { rows, bySource: sources ?? new Map([['', rows]]), oneSource }, observedIn(scope, both, polled));
    return { ...mood, usual: await this.deps.usual.verdict(scope, period, mood.tone) };
  }

  /** Not for long periods, which have too many hours by source for one answer. */
  private async bySource(scope: Scope, both: Period): Promise<SourceHours | undefined> {
    if (hoursIn(both) > LONGEST_BY_SOURCE) return undefined;
    const [first, end] = [hourOf(both.from), hourOf(both.to)];
    const middle = (first + end) / 2;
    const size = stretchHours(middle - first);
    const sides = [new BlocksOf({ first, end: middle, size }), new BlocksOf({ first: middle, end, size })];
    for await (const day of this.deps.usual.history.days(scope, Math.floor(first / 24), Math.ceil(end / 24))) sides.forEach((side) => side.add(day));
    const [before, after] = sides.map((side) => side.all());
    const ids = new Set([...(before?.keys() ?? []), ...(after?.keys() ?? [])]);
    return new Map([...ids].map((id) => [id, [...(before?.get(id) ?? []), ...(after?.get(id) ?? [])]]));
  }
}
