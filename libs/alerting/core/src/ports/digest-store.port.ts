import type { Delivery } from '../domain/delivery';
import type { Digest } from '../domain/digest';
import type { Edition } from '../domain/edition';

/** A digest after an edition was due; stored in full or not at all. */
export interface SettledDigest {
  /** The digest as it is to be stored, with the version that was read. */
  readonly digest: Digest;
  /** An edition that exists already stays unchanged and is not sent again. */
  readonly edition?: Edition | undefined;
  /** The edition's deliveries; they join the outbox of the `AlertStore`. */
  readonly deliveries: readonly Delivery[];
}

/** Keeps digests and their editions beside the outbox of alerts. */
export interface DigestStore {
  /** Oldest first. */
  digests(): Promise<readonly Digest[]>;
  digest(id: string): Promise<Digest | undefined>;
  /** `false` when the id is taken. */
  addDigest(digest: Digest): Promise<boolean>;
  /** Stores it and increments the digest's version; `false`, and nothing is stored, if the version has changed since it was read. */
  settleDigest(settled: SettledDigest): Promise<boolean>;
  /** Removes the digest; its editions stay, since pending deliveries need them. `false` if there is none. */
  removeDigest(id: string): Promise<boolean>;
  edition(id: string): Promise<Edition | undefined>;
  /** Removes editions that were due before a time. */
  removeEditionsBefore(time: number): Promise<void>;
}
