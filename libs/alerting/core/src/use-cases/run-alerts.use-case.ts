import { HOUR, RETENTION, type Clock } from '@barometer/kernel';
import type { AlertStore } from '../ports/alert-store.port';
import type { AlertReport, EvaluateAlerts } from './evaluate-alerts.use-case';
import type { TellAlerts, TellReport } from './tell-alerts.use-case';

/** What a tick does about alerts: evaluates, then tells, and once an hour removes what is too old. */
export class RunAlerts {
  private sweptAt = -Infinity;

  constructor(private readonly deps: { readonly evaluate: EvaluateAlerts; readonly tell: TellAlerts; readonly store: AlertStore; readonly clock: Clock }) {}

  async execute(): Promise<AlertReport & TellReport> {
    const evaluated = await this.deps.evaluate.execute();
    const told = await this.deps.tell.execute();
    const now = this.deps.clock.now();
    if (Math.abs(now - this.sweptAt) >= HOUR) {
      await this.deps.store.removeBefore(now - RETENTION);
      this.sweptAt = now;
    }
    return { ...evaluated, ...told };
  }
}
