import type { Source } from '../domain/source';
import type { SourceStore } from '../ports/source-store.port';

/** All sources with their health, by name. */
export class ListSources {
  constructor(private readonly deps: { readonly sources: SourceStore }) {}

  execute(): Promise<readonly Source[]> {
    return this.deps.sources.list();
  }
}
