import type { Source, SourceHealth } from '../domain/source';

/** A source that may be polled now by whoever holds `token`. */
export interface SourceLease {
  readonly source: Source;
  readonly token: string;
}

/** The fields of a source that its owner may change; an empty `userAgent` takes away the one of its own. */
export type SourceChange = Partial<Pick<Source, 'url' | 'name' | 'homepage' | 'language' | 'field' | 'intervalMinutes' | 'userAgent' | 'paused'>>;

/** Keeps sources with their health. */
export interface SourceStore {
  /** Adds a source; `false` when its id or its url is there already, which then stays as it was. */
  add(source: Source): Promise<boolean>;
  /** Adds many as `add` would one after the other, in as few writes as it can; says of each whether it was added. */
  addAll(sources: readonly Source[]): Promise<readonly boolean[]>;
  find(id: string): Promise<Source | undefined>;
  /** All sources, by name. */
  list(): Promise<readonly Source[]>;
  /**
   * Changes what is given; `undefined` when there is no such source, `'url-taken'` when another has that url. A new url
   * ends a running lease and forgets what was learned of the old one.
   */
  change(id: string, change: SourceChange): Promise<Source | undefined | 'url-taken'>;
  /** Stops polling it. Its articles and their counts stay. `false` when there is none. */
  remove(id: string): Promise<boolean>;
  /** Makes a source due now, gone or not; under a lease, once that ends. `false` when there is none. */
  makeDue(id: string, now: number): Promise<boolean>;
  /**
   * Leases up to `limit` sources that are due at `now`, not paused, not gone, oldest due time first: at most one a
   * host, and none on a host where another lease runs, or which asked to be left alone (`SourceHealth.sparedHost` of any
   * source), unless `makeDue` asked for the poll. A lease ends after `leaseMs` or with `complete`.
   */
  leaseDue(now: number, limit: number, leaseMs: number): Promise<readonly SourceLease[]>;
  /**
   * Ends a lease and stores what the poll learned (with a new url after a permanent redirect, unless another source
   * has it). `false`, and nothing stored, when the lease is no longer held: the source was removed or leased again.
   */
  complete(lease: SourceLease, health: SourceHealth, newUrl?: string): Promise<boolean>;
}
