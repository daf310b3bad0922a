import type { NoteStore } from '../ports/note-store.port';

/** Removes a note from the timeline; `false` if there is none. */
export class RemoveNote {
  constructor(private readonly deps: { readonly notes: NoteStore }) {}

  async execute(id: string): Promise<boolean> {
    return this.deps.notes.remove(id);
  }
}
