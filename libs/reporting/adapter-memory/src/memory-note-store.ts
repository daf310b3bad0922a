import type { Note, NoteStore, Period } from '@barometer/reporting';
import type { MemoryDatabase } from '@barometer/storage-memory';

export class MemoryNoteStore implements NoteStore {
  constructor(private readonly db: MemoryDatabase) {}

  async add(note: Note): Promise<boolean> {
    if (this.db.notes.has(note.id)) return false;
    this.db.notes.set(note.id, { ...note });
    return true;
  }

  async list({ from, to }: Period): Promise<readonly Note[]> {
    const found = [...this.db.notes.values()].filter(({ at }) => at >= from && at < to).map((note) => ({ ...note }));
    return found.sort((one, other) => (one.id < other.id ? -1 : 1));
  }

  async count(): Promise<number> {
    return this.db.notes.size;
  }

  async remove(id: string): Promise<boolean> {
    return this.db.notes.delete(id);
  }

  async removeBefore(time: number): Promise<void> {
    for (const { id, at } of [...this.db.notes.values()]) if (at < time) this.db.notes.delete(id);
  }
}
