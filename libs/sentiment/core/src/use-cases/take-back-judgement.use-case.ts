import type { Clock } from '@barometer/kernel';
import type { ScoreStore } from '../ports/score-store.port';

/** Lets a judged article count with the model's latest score again. */
export class TakeBackJudgement {
  constructor(private readonly deps: { readonly store: ScoreStore; readonly clock: Clock }) {}

  /** `unjudged`: nobody had judged it, nothing was done. `gone`: nothing is kept under this id. */
  execute(id: string): Promise<'taken-back' | 'unjudged' | 'gone'> {
    return this.deps.store.takeBack(id, this.deps.clock.now());
  }
}
