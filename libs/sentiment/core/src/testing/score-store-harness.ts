import type { StoreProbe } from '@barometer/events/testing';
import { articleIdOf, expiryOf, hourOf, MINUTE } from '@barometer/kernel';
import type { ScoreStore } from '../ports/score-store.port';

/** The score store over one fresh, empty store. */
export interface ScoreStoreHarness {
  readonly scores: ScoreStore;
  /** Another score store over the same store, as after a start. */
  again(): ScoreStore;
  readonly probe: StoreProbe;
  /** A short text that differs after every change that readers could see. */
  watermark(): Promise<string>;
  close(): Promise<void>;
}

export type CreateScoreStoreHarness = () => Promise<ScoreStoreHarness>;

/** The time at which the suites begin. */
export const NOW = Date.UTC(2026, 0, 15, 10, 20);

/** When the bucket of `NOW` expires. */
export const EXPIRY = expiryOf(hourOf(NOW));

export const LEASE = 2 * MINUTE;

/** The options of a lease at `now`. */
export const leaseAt = (now: number, limit = 10, maxReceives = 5) => ({ now, limit, leaseMs: LEASE, maxReceives });

/** The id of the suites' article of this name. */
export const idOf = (name: string): string => articleIdOf(name);
