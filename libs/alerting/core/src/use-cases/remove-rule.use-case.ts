import type { Clock } from '@barometer/kernel';
import type { AlertStore } from '../ports/alert-store.port';
import { closedBy } from './close-episodes';

/** Removes a rule; its history stays. */
export class RemoveRule {
  constructor(private readonly deps: { readonly store: AlertStore; readonly clock: Clock }) {}

  /** `false` if there is none. */
  async execute(id: string): Promise<boolean> {
    const { store, clock } = this.deps;
    for (;;) {
      const rule = await store.rule(id);
      if (!rule) return false;
      if (await store.removeRule(rule, closedBy(rule, 'rule-removed', clock.now()))) return true;
    }
  }
}
