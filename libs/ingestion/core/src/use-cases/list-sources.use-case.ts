import type { Clock } from '@barometer/kernel';
import type { Source } from '../domain/source';
import { withHostsSpared } from '../domain/spared-host';
import type { SourceStore } from '../ports/source-store.port';

/** All sources with their health, by name; if a host is spared, its sources show that, and when they are polled. */
export class ListSources {
  constructor(private readonly deps: { readonly sources: SourceStore; readonly clock: Clock }) {}

  async execute(): Promise<readonly Source[]> {
    return withHostsSpared(await this.deps.sources.list(), this.deps.clock.now());
  }
}
