import type { SourceStore } from '../ports/source-store.port';

/** The names of all sources, by their ids. */
export async function sourceNames(sources: Pick<SourceStore, 'list'>): Promise<ReadonlyMap<string, string>> {
  return new Map((await sources.list()).map(({ id, name }) => [id, name]));
}
