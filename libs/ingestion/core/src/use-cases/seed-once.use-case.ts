import type { SeedList, SeedRecord } from '../ports/seed-record.port';

export interface Seeding<T> {
  /** Whether a store of which nothing is noted has still to be given its list. */
  isNew(): Promise<boolean>;
  /** The list; throws where it cannot be used, and nothing is noted then. */
  read(): T;
  /** Adds what is not there yet; how many it were. */
  add(list: T): Promise<number>;
}

/** Gives a store the list that it begins with, once: what its owner removes stays removed, and a kill leaves no half list. */
export class SeedOnce {
  constructor(private readonly deps: { readonly record: SeedRecord }) {}

  /** How many were added. */
  async execute<T>(list: SeedList, { isNew, read, add }: Seeding<T>): Promise<number> {
    const { record } = this.deps;
    const state = await record.state(list);
    if (state === 'done') return 0;
    let added = 0;
    if (state === 'begun' || (await isNew())) {
      const seeds = read();
      await record.note(list, 'begun');
      added = await add(seeds);
    }
    await record.note(list, 'done');
    return added;
  }
}
