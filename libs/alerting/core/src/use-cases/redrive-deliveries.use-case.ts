import type { Clock } from '@barometer/kernel';
import type { AlertStore } from '../ports/alert-store.port';

/** Gives failed deliveries another chance, all or some. */
export class RedriveDeliveries {
  constructor(private readonly deps: { readonly store: AlertStore; readonly clock: Clock }) {}

  /** Answers how many wait again. */
  execute(ids?: readonly string[]): Promise<number> {
    return this.deps.store.redrive(this.deps.clock.now(), ids);
  }
}
