import type { ModelRef } from '@barometer/events';
import { HOUR, hourOf, RETENTION, type Clock } from '@barometer/kernel';
import type { ReportStore } from '../ports/report-store.port';

/** Which models gave the scores that are kept. */
export class ListModels {
  constructor(private readonly deps: { readonly reports: ReportStore; readonly clock: Clock }) {}

  /** Each model that gave most scores of some hour, once, the latest last. Empty where nothing is scored. */
  async execute(): Promise<readonly ModelRef[]> {
    const now = this.deps.clock.now();
    const changes = await this.deps.reports.modelChanges({ from: now - RETENTION, to: (hourOf(now) + 1) * HOUR });
    return [...new Map(changes.map(({ model }) => [`${model.id} ${model.revision}`, model])).values()];
  }
}
