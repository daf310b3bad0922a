import { noteId, type Note } from '../domain/note';
import type { NoteStore } from '../ports/note-store.port';

const note = (at: number, change: Partial<Note> = {}): Note => ({ id: noteId(at, '0a1b2c3d'), at, text: `At ${at} 🌪 "it" <b>`, createdAt: 7, ...change });

/** What every `NoteStore` promises. */
export function noteStoreContract(name: string, make: () => NoteStore): void {
  describe(`NoteStore: ${name}`, () => {
    it('stores a note as it was added, once per id', async () => {
      const notes = make();
      const scoped = note(2_000, { topicId: 'energy', sourceId: 'bbc' });
      expect([await notes.add(scoped), await notes.add({ ...scoped, text: 'other' })]).toEqual([true, false]);
      expect(await notes.list({ from: 2_000, to: 2_001 })).toEqual([scoped]);
    });

    it('lists those of a period, earliest first, with its beginning and without its end', async () => {
      const notes = make();
      const times = [Date.UTC(2026, 10, 27), 5_000, 1_000, 999, 3_000];
      for (const at of times) await notes.add(note(at));
      const again = note(3_000, { id: noteId(3_000, '00000000'), text: 'first of two' });
      await notes.add(again);
      expect(await notes.list({ from: 1_000, to: 5_000 })).toEqual([note(1_000), again, note(3_000)]);
      expect((await notes.list({ from: 0, to: Date.UTC(2027, 0) })).map(({ at }) => at)).toEqual([999, 1_000, 3_000, 3_000, 5_000, Date.UTC(2026, 10, 27)]);
      expect([await notes.list({ from: 5_001, to: 6_000 }), await notes.count()]).toEqual([[], 6]);
    });

    it('forgets a removed note, and those about times before a given one', async () => {
      const notes = make();
      for (const at of [10, 20, 30]) await notes.add(note(at));
      expect([await notes.remove(note(20).id), await notes.remove(note(20).id), await notes.remove('none')]).toEqual([true, false, false]);
      await notes.removeBefore(30);
      expect([await notes.list({ from: 0, to: 100 }), await notes.count()]).toEqual([[note(30)], 1]);
    });
  });
}
