/** The initial lists of a new store: of sources, of topics, and of channels, rules and digests. */
export type SeedList = 'sources' | 'topics' | 'alerts';

/** Records in the store which initial lists it was given, so that each is given only once, whatever happens to it later. */
export interface SeedRecord {
  /** `begun` while a list is being added; `undefined` if nothing was recorded. */
  state(list: SeedList): Promise<'begun' | 'done' | undefined>;
  note(list: SeedList, state: 'begun' | 'done'): Promise<void>;
}
