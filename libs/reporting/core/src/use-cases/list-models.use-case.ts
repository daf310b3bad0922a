import type { ModelRef } from '@barometer/events';
import { HOUR, hourOf, type Clock } from '@barometer/kernel';
import type { ReportStore } from '../ports/report-store.port';

/** The models of the stored scores. */
export class ListModels {
  constructor(private readonly deps: { readonly reports: ReportStore; readonly clock: Clock }) {}

  /** Each model that gave most scores of some hour, once, the latest last. Empty if nothing is scored. */
  async execute(): Promise<readonly ModelRef[]> {
    const now = this.deps.clock.now();
    const { reports } = this.deps;
    const changes = await reports.modelChanges({ from: now - reports.retention.articles, to: (hourOf(now) + 1) * HOUR });
    return [...new Map(changes.map(({ model }) => [`${model.id} ${model.revision}`, model])).values()];
  }
}
