import type { Source } from '../domain/source';
import { withHostsSpared } from '../domain/spared-host';
import type { SourceStore } from '../ports/source-store.port';

/** All sources with their health, by name. */
export class ListSources {
  constructor(private readonly deps: { readonly sources: SourceStore }) {}

  async execute(): Promise<readonly Source[]> {
    return withHostsSpared(await this.deps.sources.list());
  }
}
