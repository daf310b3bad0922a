/** What a new store begins with: a list of sources and one of topics. */
export type SeedList = 'sources' | 'topics' | 'alerts';

/** Remembers in the store what it was given to begin with, so that it is given once, whatever becomes of it later. */
export interface SeedRecord {
  /** `begun` while a list is being added; `undefined` where nothing was noted. */
  state(list: SeedList): Promise<'begun' | 'done' | undefined>;
  note(list: SeedList, state: 'begun' | 'done'): Promise<void>;
}
