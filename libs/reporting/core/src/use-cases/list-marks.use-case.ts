import type { Clock } from '@barometer/kernel';
import { marksOf, type MarkedSource, type Marks } from '../domain/marks';
import { knownPeriod } from '../domain/period';
import type { NoteStore } from '../ports/note-store.port';
import type { ReportStore } from '../ports/report-store.port';
import type { ScopedPeriod } from './get-mood.use-case';

interface Deps {
  readonly reports: Pick<ReportStore, 'modelChanges' | 'retention'>;
  readonly notes: NoteStore;
  readonly sources: () => Promise<readonly MarkedSource[]>;
  readonly clock: Clock;
}

/** The marks on the timeline of a scope and period: notes, and automatic ones about sources and models. */
export class ListMarks {
  constructor(private readonly deps: Deps) {}

  async execute({ period: asked, ...scope }: ScopedPeriod): Promise<Marks> {
    const { reports, notes, sources, clock } = this.deps;
    const period = knownPeriod(asked, clock.now(), reports.retention);
    const [models, noted, all] = await Promise.all([reports.modelChanges(period), notes.list(period), sources()]);
    return marksOf(scope, period, { notes: noted, sources: all, models });
  }
}
