import { err, ok, type Clock, type Result } from '@barometer/kernel';
import { sourceFields, sourceId, type NewSource, type SourceFields, type SourceProblem } from '../domain/new-source';
import type { Source } from '../domain/source';
import { newHealth } from '../domain/source-health';
import type { SourceStore } from '../ports/source-store.port';

/** Another writer may take the id or the address between the look and the add. */
const ATTEMPTS = 5;

/** Adds a source, due at once. */
export class AddSource {
  constructor(private readonly deps: { readonly sources: SourceStore; readonly clock: Clock }) {}

  async execute(input: NewSource): Promise<Result<Source, SourceProblem>> {
    const fields = sourceFields(input);
    if (!fields.ok) return fields;
    for (let attempt = 0; attempt < ATTEMPTS; attempt += 1) {
      const there = await this.deps.sources.list();
      const same = there.find(({ url }) => url === fields.value.url);
      if (same) return err({ field: 'url', code: 'already-there', message: `This address is polled already, as "${same.name}".` });
      const source = this.sourceOf(fields.value, sourceId(input.id ?? fields.value.name, new Set(there.map(({ id }) => id))));
      if (await this.deps.sources.add(source)) return ok(source);
    }
    throw new Error(`No id could be found for the source ${fields.value.url}`);
  }

  private sourceOf(fields: SourceFields, id: string): Source {
    const now = this.deps.clock.now();
    return { id, ...fields, paused: false, addedAt: now, health: newHealth(now) };
  }
}
