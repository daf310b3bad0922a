import type { PhraseRule } from '@barometer/kernel';
import type { Topic } from '../domain/topic';

/** Stores topics and their versions. */
export interface TopicStore {
  /** Adds version 1 of a topic; `false` if the id exists already. */
  add(topic: Topic): Promise<boolean>;
  list(): Promise<readonly Topic[]>;
  find(id: string): Promise<Topic | undefined>;
  /** Renames a topic; if the phrases differ, adds a new version that is back-filled later. */
  change(id: string, next: { name: string } & PhraseRule, now: number): Promise<Topic | undefined>;
  /** Removes a topic with its memberships and roll-ups; `false` if there is none. */
  remove(id: string): Promise<boolean>;
}
