import type { Clock } from '@barometer/kernel';
import type { ScoreStore } from '../ports/score-store.port';

/** Lets a judged article count with the model's latest score again. */
export class TakeBackJudgement {
  constructor(private readonly deps: { readonly store: ScoreStore; readonly clock: Clock }) {}

  /** `unjudged`: there was no judgement to take back. `gone`: there is no article with this id. */
  execute(id: string): Promise<'taken-back' | 'unjudged' | 'gone'> {
    return this.deps.store.takeBack(id, this.deps.clock.now());
  }
}
