import type { Clock } from '@barometer/kernel';
import type { SourceStore } from '../ports/source-store.port';

/** Makes a source due, so that the next tick polls it, even one that was gone. */
export class PollSourceNow {
  constructor(private readonly deps: { readonly sources: SourceStore; readonly clock: Clock }) {}

  /** `false` when there is no such source. */
  execute(id: string): Promise<boolean> {
    return this.deps.sources.makeDue(id, this.deps.clock.now());
  }
}
