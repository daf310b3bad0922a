import { DAY, HOUR, type Clock } from '@barometer/kernel';
import type { AlertStore } from '../ports/alert-store.port';
import type { DigestStore } from '../ports/digest-store.port';
import type { AlertReport, EvaluateAlerts } from './evaluate-alerts.use-case';
import type { PublishDigests, PublishReport } from './publish-digests.use-case';
import type { TellAlerts, TellReport } from './tell-alerts.use-case';

interface Deps {
  readonly evaluate: EvaluateAlerts;
  readonly publish: PublishDigests;
  readonly tell: TellAlerts;
  readonly store: AlertStore;
  readonly digests: DigestStore;
  readonly clock: Clock;
}

/** How long ended episodes, deliveries and editions are kept, independent of the retention of articles. */
const KEPT = 90 * DAY;

/** One tick of alerts and digests: evaluates, publishes, sends, and once an hour removes what is too old. */
export class RunAlerts {
  private sweptAt = -Infinity;

  constructor(private readonly deps: Deps) {}

  async execute(): Promise<AlertReport & PublishReport & TellReport> {
    const { store, digests, clock } = this.deps;
    const evaluated = await this.deps.evaluate.execute();
    const { published } = await this.deps.publish.execute();
    const told = await this.deps.tell.execute();
    const now = clock.now();
    if (Math.abs(now - this.sweptAt) >= HOUR) {
      await store.removeBefore(now - KEPT);
      await digests.removeEditionsBefore(now - KEPT);
      this.sweptAt = now;
    }
    return { ...evaluated, published, ...told };
  }
}
