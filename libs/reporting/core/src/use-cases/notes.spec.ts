import { DAY, ManualClock, RETENTION, STANDARD_RETENTION } from '@barometer/kernel';
import { noteTime, type Note } from '../domain/note';
import type { Topic } from '../domain/topic';
import type { NoteStore } from '../ports/note-store.port';
import { AddNote, MOST_NOTES } from './add-note.use-case';
import { ListMarks } from './list-marks.use-case';
import { RemoveNote } from './remove-note.use-case';

const NOW = Date.UTC(2026, 10, 27, 12);

function fixture() {
  const kept = new Map<string, Note>();
  const notes: NoteStore = {
    add: async (note) => Boolean(kept.set(note.id, note)),
    list: async ({ from, to }) => [...kept.values()].filter(({ at }) => at >= from && at < to),
    count: async () => kept.size,
    remove: async (id) => kept.delete(id),
    removeBefore: async (time) => [...kept.values()].forEach(({ id, at }) => at < time && kept.delete(id)),
  };
  const clock = new ManualClock(NOW);
  const topics = { find: async (id: string) => (id === 'none' ? undefined : ({ id } as Topic)) };
  const reports = { modelChanges: async () => [], retention: STANDARD_RETENTION };
  return {
    kept,
    clock,
    add: new AddNote({ notes, reports, topics, hasSource: async (id) => id !== 'none', clock }),
    remove: new RemoveNote({ notes }),
    marks: new ListMarks({ reports, notes, sources: async () => [], clock }),
  };
}

describe('notes', () => {
  it('are on the timeline until they are removed', async () => {
    const { add, remove, marks } = fixture();
    const added = await add.execute({ at: NOW - DAY, text: 'Election', topicId: 'gas' });
    const id = added.ok ? added.value.id : '';
    expect(id.startsWith(noteTime(NOW - DAY))).toBe(true);
    const period = { from: NOW - 2 * DAY, to: NOW };
    expect((await marks.execute({ period })).marks).toEqual([{ kind: 'note', at: NOW - DAY, text: 'Election', topicId: 'gas', id }]);
    expect([await remove.execute(id), await remove.execute(id), (await marks.execute({ period })).marks]).toEqual([true, false, []]);
  });

  it.each([
    ['topicId', 'topic'],
    ['sourceId', 'source'],
  ])('about an unknown %s are refused', async (field, name) => {
    expect(await fixture().add.execute({ at: NOW, text: 'x', [field]: 'none' })).toMatchObject({
      ok: false,
      error: { field: name, message: `There is no ${name} none.` },
    });
  });

  it.each(['a\u001b[2Jb', 'a\u2066b'])('with hidden characters are refused: %j', async (text) => {
    expect(await fixture().add.execute({ at: NOW, text })).toMatchObject({ ok: false, error: { field: 'text', code: 'hidden' } });
  });

  it('are limited in number, after removing those older than the timeline', async () => {
    const { add, kept, clock } = fixture();
    for (let number = 0; number < MOST_NOTES; number += 1) await add.execute({ at: NOW - number, text: `note ${number}` });
    expect(await add.execute({ at: NOW, text: 'one more' })).toMatchObject({ ok: false, error: { code: 'too-many' } });
    clock.set(NOW + RETENTION - 100);
    expect(await add.execute({ at: NOW + DAY, text: 'one more' })).toMatchObject({ ok: true });
    expect(kept.size).toBe(102);
  });
});
