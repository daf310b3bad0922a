import type { Clock } from '@barometer/kernel';
import type { ScoreStore } from '../ports/score-store.port';

/** Gives failed articles another round of attempts. */
export class RedriveArticles {
  constructor(private readonly deps: { readonly store: ScoreStore; readonly clock: Clock }) {}

  /** Makes these failed articles, or all, pending again; answers how many. */
  execute(ids?: readonly string[]): Promise<number> {
    return this.deps.store.redrive(this.deps.clock.now(), ids);
  }
}
