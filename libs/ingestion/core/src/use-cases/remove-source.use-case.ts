import type { SourceStore } from '../ports/source-store.port';

/** Stops polling a source for good; its articles and their counts stay. */
export class RemoveSource {
  constructor(private readonly deps: { readonly sources: SourceStore }) {}

  /** `false` when there is no such source. */
  execute(id: string): Promise<boolean> {
    return this.deps.sources.remove(id);
  }
}
