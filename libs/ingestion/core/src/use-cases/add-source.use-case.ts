import { err, ok, type Clock, type Result } from '@barometer/kernel';
import { newSource, sourceFields, type NewSource, type SourceProblem } from '../domain/new-source';
import { slugOf, SourceIds } from '../domain/source-ids';
import type { Source } from '../domain/source';
import type { SourceStore } from '../ports/source-store.port';

/** Another writer may take the id or the address between the check and the add. */
const ATTEMPTS = 5;

/** Adds a source, due at once. */
export class AddSource {
  constructor(private readonly deps: { readonly sources: SourceStore; readonly clock: Clock }) {}

  async execute(input: NewSource): Promise<Result<Source, SourceProblem>> {
    const fields = sourceFields(input);
    if (!fields.ok) return fields;
    const name = input.id ?? fields.value.name;
    // Most names are free; only if this one is taken must all sources be read.
    let id = slugOf(name);
    for (let attempt = 0; attempt <= ATTEMPTS; attempt += 1) {
      const source = newSource(id, fields.value, this.deps.clock.now());
      if (await this.deps.sources.add(source)) return ok(source);
      const there = await this.deps.sources.list();
      const same = there.find(({ url }) => url === fields.value.url);
      if (same) return err({ field: 'url', code: 'already-there', message: `This address is polled already, as "${same.name}".` });
      id = new SourceIds(there.map((one) => one.id)).take(name);
    }
    throw new Error(`No id could be found for the source ${fields.value.url}`);
  }
}
