import { hourOf, type Clock } from '@barometer/kernel';
import { stretchHours } from '../domain/change';
import { moodOf, type Mood } from '../domain/mood';
import { observationPeriod, observedIn } from '../domain/observation';
import { BlocksOf, type SourceHours } from '../domain/packed-hours';
import { hoursIn, knownPeriod, periodBefore } from '../domain/period';
import type { Period, Scope } from '../domain/report';
import { usualOf } from '../domain/usual';
import type { ReportStore } from '../ports/report-store.port';
import type { UsualRanges } from './usual-ranges';

/** What figures are asked for: of everything, or of a topic, a source, or a topic in a source. */
export interface ScopedPeriod extends Scope {
  readonly period: Period;
}

/** Two weeks and the two before them. Longer periods are compared as they are, whoever spoke in them. */
const LONGEST_BY_SOURCE = 28 * 24;
/** What came before a longer period is hardly kept any more. */
const LONGEST_USUAL = 31 * 24;

/** The mood of a period, how it changed against the equally long period before, and whether it is usual. */
export class GetMood {
  constructor(private readonly deps: { readonly reports: ReportStore; readonly usual: UsualRanges; readonly clock: Clock }) {}

  async execute({ period: asked, ...scope }: ScopedPeriod): Promise<Mood> {
    const { reports, clock } = this.deps;
    const period = knownPeriod(asked, clock.now());
    const both = { from: periodBefore(period).from, to: period.to };
    const [rows, sources, polled] = await Promise.all([
      reports.hours(scope, both),
      this.bySource(scope, both),
      reports.observedHours(scope.sourceId, observationPeriod(scope, both)),
    ]);
    const mood = moodOf(period, { rows, bySource: sources ?? new Map([['', rows]]), oneSource: scope.sourceId !== undefined }, observedIn(scope, both, polled));
    return { ...mood, usual: await this.usual(scope, period, mood.tone) };
  }

  private async usual(scope: Scope, period: Period, tone: number | undefined): Promise<Mood['usual']> {
    if (tone === undefined) return { missing: 'nothing-scored' };
    if (hoursIn(period) > LONGEST_USUAL) return { missing: 'not-enough-history' };
    const found = await this.deps.usual.of(scope, period);
    return 'range' in found ? usualOf(found.range, tone) : found;
  }

  /** Not of a single source, and not of long periods, in which hours by source are too many to read for one answer. */
  private async bySource(scope: Scope, both: Period): Promise<SourceHours | undefined> {
    if (scope.sourceId !== undefined || hoursIn(both) > LONGEST_BY_SOURCE) return undefined;
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
