import type { Source, SourceHealth } from '../domain/source';

/** A source that the holder of `token` may poll now. */
export interface SourceLease {
  readonly source: Source;
  readonly token: string;
}

/** The fields of a source that its owner may change; an empty `userAgent` removes its own one, empty `groups` remove it from all. */
export type SourceChange = Partial<Pick<Source, 'url' | 'name' | 'homepage' | 'language' | 'groups' | 'intervalMinutes' | 'userAgent' | 'paused'>>;

/** Keeps sources with their health. */
export interface SourceStore {
  /** Adds a source; `false` if its id or its url exists already, in which case nothing changes. */
  add(source: Source): Promise<boolean>;
  /** Adds many, with the result of calling `add` for each in order, but in as few writes as possible; answers for each whether it was added. */
  addAll(sources: readonly Source[]): Promise<readonly boolean[]>;
  find(id: string): Promise<Source | undefined>;
  /** All sources, by name. */
  list(): Promise<readonly Source[]>;
  /**
   * Changes the given fields; `undefined` if there is no such source, `'url-taken'` if another has that url. A new url
   * ends a running lease and discards what was learned about the old one.
   */
  change(id: string, change: SourceChange): Promise<Source | undefined | 'url-taken'>;
  /**
   * Changes each of these, in its present state, to the result of `change`, in as few writes as possible; each source
   * once, and never partially. Answers those that exist, in their new state.
   */
  changeEach(ids: readonly string[], change: (source: Source) => Omit<SourceChange, 'url'>): Promise<readonly Source[]>;
  /** Stops polling a source. Its articles and their counts stay. `false` if there is none. */
  remove(id: string): Promise<boolean>;
  /** Removes each of these as `remove` does; answers the ids that existed. */
  removeEach(ids: readonly string[]): Promise<readonly string[]>;
  /** Makes a source due now, even if it was gone; under a lease, once that ends. `false` if there is none. */
  makeDue(id: string, now: number): Promise<boolean>;
  /**
   * Leases up to `limit` sources that are due at `now`, not paused, not gone, oldest due time first: at most one a host,
   * and none on a host where another lease runs or that asked for fewer requests (`SourceHealth.sparedHost` of any
   * source), unless `makeDue` requested the poll. A lease ends after `leaseMs` or with `complete`.
   */
  leaseDue(now: number, limit: number, leaseMs: number): Promise<readonly SourceLease[]>;
  /**
   * Ends a lease and stores what the poll learned (with a new url after a permanent redirect, unless another source has
   * it). `false`, and nothing is stored, if the lease was lost: the source was removed or leased again.
   */
  complete(lease: SourceLease, health: SourceHealth, newUrl?: string): Promise<boolean>;
}
