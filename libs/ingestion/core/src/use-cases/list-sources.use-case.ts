import type { Clock } from '@barometer/kernel';
import type { Source } from '../domain/source';
import { withHostsSpared } from '../domain/spared-host';
import type { SourceStore } from '../ports/source-store.port';

/** All sources with their health, by name; one whose host is spared says so, and when it is polled. */
export class ListSources {
  constructor(private readonly deps: { readonly sources: SourceStore; readonly clock: Clock }) {}

  async execute(): Promise<readonly Source[]> {
    return withHostsSpared(await this.deps.sources.list(), this.deps.clock.now());
  }
}
