import type { Note } from '../domain/note';
import type { Period } from '../domain/report';

/** Stores notes on the timeline. */
export interface NoteStore {
  /** `false` if the id is taken. */
  add(note: Note): Promise<boolean>;
  /** The notes about times in a period, by their ids: the earliest time first. */
  list(period: Period): Promise<readonly Note[]>;
  /** The number of notes, of any time. */
  count(): Promise<number>;
  /** `false` if there is none. */
  remove(id: string): Promise<boolean>;
  /** Removes the notes about times before this one. */
  removeBefore(time: number): Promise<void>;
}
