import type { StoreProbe } from '@barometer/events/testing';
import { articleIdOf, expiryOf, hourOf, MINUTE, type Retention } from '@barometer/kernel';
import type { ScoreStore } from '../ports/score-store.port';

/** The score store over one fresh, empty store. */
export interface ScoreStoreHarness {
  readonly scores: ScoreStore;
  /** The retention of the store. */
  readonly retention: Retention;
  /** Another score store over the same data, as after a restart. */
  again(): ScoreStore;
  readonly probe: StoreProbe;
  /** A short text that differs after every change that readers could see. */
  watermark(): Promise<string>;
  close(): Promise<void>;
}

export type CreateScoreStoreHarness = () => Promise<ScoreStoreHarness>;

/** The time at which the suites start. */
export const NOW = Date.UTC(2026, 0, 15, 10, 20);

/** When the bucket of `NOW` expires in this store. */
export const expiryIn = ({ retention }: Pick<ScoreStoreHarness, 'retention'>): number => expiryOf(hourOf(NOW), retention.articles);

export const LEASE = 2 * MINUTE;

/** The options of a lease at `now`. */
export const leaseAt = (now: number, limit = 10, maxReceives = 5) => ({ now, limit, leaseMs: LEASE, maxReceives });

/** The id of the suite's article with this name. */
export const idOf = (name: string): string => articleIdOf(name);
