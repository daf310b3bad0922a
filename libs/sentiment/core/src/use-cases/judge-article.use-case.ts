import type { Label } from '@barometer/events';
import type { Clock } from '@barometer/kernel';
import type { ScoreStore } from '../ports/score-store.port';

/** Lets an article count with what a reader says of it. */
export class JudgeArticle {
  constructor(private readonly deps: { readonly store: ScoreStore; readonly clock: Clock }) {}

  /** `unscored`: the article has no score that it could stand in for. `gone`: nothing is kept under this id. */
  execute(id: string, label: Label): Promise<'judged' | 'unscored' | 'gone'> {
    return this.deps.store.judge(id, { label, at: this.deps.clock.now() });
  }
}
