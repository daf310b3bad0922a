import type { Label, Sentiment } from '@barometer/events';
import type { Clock } from '@barometer/kernel';
import type { ScoreStore } from '../ports/score-store.port';

/** Lets an article count with a reader's judgement. */
export class JudgeArticle {
  constructor(private readonly deps: { readonly store: ScoreStore; readonly clock: Clock }) {}

  /**
   * `unscored`: the article has no score to replace; one that was skipped because of its language can be judged with a
   * `score` of the model. `gone`: there is no article with this id.
   */
  execute(id: string, label: Label, score?: Sentiment): Promise<'judged' | 'unscored' | 'gone'> {
    const judgement = { label, at: this.deps.clock.now() };
    return score ? this.deps.store.judge(id, judgement, score) : this.deps.store.judge(id, judgement);
  }
}
