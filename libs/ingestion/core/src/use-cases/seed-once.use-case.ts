import type { SeedList, SeedRecord } from '../ports/seed-record.port';

export interface Seeding<T> {
  /** Whether a store without a record still needs its initial list. */
  isNew(): Promise<boolean>;
  /** The list; throws if it cannot be used, and then nothing is recorded. */
  read(): T;
  /** Adds what is missing; answers how many were added. */
  add(list: T): Promise<number>;
}

/** Gives a store its initial list once: what its owner removes stays removed, and an interrupted list is completed. */
export class SeedOnce {
  constructor(private readonly deps: { readonly record: SeedRecord }) {}

  /** Answers how many were added. */
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
