import type { PhraseRule } from '@barometer/kernel';

/** A named set of phrases. A change of the phrases makes a new version, which readers see once it is back-filled. */
export interface Topic extends PhraseRule {
  readonly id: string;
  readonly name: string;
  /** The version with these phrases. */
  readonly version: number;
  /** The last back-filled version, which figures are based on; absent during the first back-fill. */
  readonly readyVersion?: number;
  readonly createdAt: number;
  readonly changedAt: number;
}
