import type { PhraseRule } from '@barometer/kernel';
import type { Topic } from '../domain/topic';

/** Keeps topics and their versions. */
export interface TopicStore {
  /** Adds version 1 of a topic; `false` when the id is there already. */
  add(topic: Topic): Promise<boolean>;
  list(): Promise<readonly Topic[]>;
  find(id: string): Promise<Topic | undefined>;
  /** Renames it, and where the phrases differ makes a new version that waits for its back-fill. */
  change(id: string, next: { name: string } & PhraseRule, now: number): Promise<Topic | undefined>;
  /** Removes it with its memberships and roll-ups; `false` when there is none. */
  remove(id: string): Promise<boolean>;
}
