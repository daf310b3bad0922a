import type { CanaryAnswer, CanaryRecord } from './canary';

/**
 * Keeps the latest canary. It is in the store of the articles without being one: it is in no list, count, story, search,
 * roll-up or watermark.
 */
export interface CanaryStore {
  /** The latest canary; `undefined` before the first. */
  read(): Promise<CanaryRecord | undefined>;
  /**
   * Replaces the canary with the id `instead` (`undefined`: there is none). `false`, and nothing is stored, if another
   * canary is there, because another process has sent one meanwhile.
   */
  send(record: CanaryRecord, instead: string | undefined): Promise<boolean>;
  /** Stores the answer to the canary with this id; `false` if another was sent meanwhile, or it has an answer already. */
  answer(id: string, answer: CanaryAnswer): Promise<boolean>;
}
