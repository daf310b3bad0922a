import type { PhraseRule } from '@barometer/kernel';

/** A named set of phrases. A change of phrases makes a new version, seen once it is back-filled. */
export interface Topic extends PhraseRule {
  readonly id: string;
  readonly name: string;
  /** The version that these phrases are. */
  readonly version: number;
  /** The last version that was back-filled, the one that figures are of; absent while the first is being back-filled. */
  readonly readyVersion?: number;
  readonly createdAt: number;
  readonly changedAt: number;
}
