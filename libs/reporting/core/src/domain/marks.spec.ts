import { DAY, HOUR, MINUTE } from '@barometer/kernel';
import * as fc from 'fast-check';
import { marksOf, MOST_MARKS, type MarkedSource } from './marks';
import { checkNote, noteId, type Note } from './note';

const T0 = Date.UTC(2026, 10, 20);
const period = { from: T0, to: T0 + 7 * DAY };
const note = (at: number, change: Partial<Note> = {}): Note => ({ id: noteId(at, '00000000'), at, text: 'Something', createdAt: at, ...change });
const source = (id: string, change: Partial<MarkedSource> = {}): MarkedSource => ({ id, name: `The ${id}`, addedAt: T0 - DAY, health: {}, ...change });
const nothing = { notes: [], sources: [], models: [] };
const model = (revision: string, at: number) => ({ at, model: { id: 'm', revision } });

describe('the marks of a timeline', () => {
  it('are notes, and sources added or failing, and changes of the model, in their order', () => {
    const { marks, left } = marksOf({}, period, {
      notes: [note(T0 + 3 * HOUR), note(T0 - 1), note(period.to)],
      sources: [
        source('a', { addedAt: T0 + HOUR }),
        source('b', { health: { outages: [{ from: T0 - HOUR, to: T0 + HOUR }, { from: T0 + 5 * HOUR }, { from: T0 - DAY, to: T0 - HOUR }] } }),
      ],
      models: [model('1', T0), model('2', T0 + 4 * HOUR)],
    });
    expect(marks).toEqual([
      { kind: 'source-failing', at: T0 - HOUR, until: T0 + HOUR, text: 'Could not be read: The b', sourceId: 'b', count: 1 },
      { kind: 'source-added', at: T0 + HOUR, text: 'Source added: The a', sourceId: 'a', count: 1 },
      { kind: 'note', at: T0 + 3 * HOUR, text: 'Something', id: note(T0 + 3 * HOUR).id },
      { kind: 'model', at: T0 + 4 * HOUR, text: 'From here on m (2) scores' },
      { kind: 'source-failing', at: T0 + 5 * HOUR, text: 'Could not be read: The b', sourceId: 'b', count: 1 },
    ]);
    expect(left).toBe(0);
  });

  it('are one mark for sources of the same hour', () => {
    const many = Array.from({ length: 7 }, (_, index) =>
      source(String(index), { addedAt: T0 + HOUR + index * MINUTE, health: { outages: [{ from: T0 + 2 * HOUR + index * MINUTE }] } }),
    );
    expect(marksOf({}, period, { ...nothing, sources: many }).marks).toEqual([
      { kind: 'source-added', at: T0 + HOUR, text: '7 sources added: The 0, The 1, The 2 and 4 more', count: 7 },
      { kind: 'source-failing', at: T0 + 2 * HOUR, text: 'Could not be read: The 0, The 1, The 2 and 4 more', count: 7 },
    ]);
  });

  it('are those of the scope', () => {
    const notes = [
      note(T0, { text: 'all' }),
      note(T0 + 1, { text: 'gas', topicId: 'gas' }),
      note(T0 + 2, { text: 'a', sourceId: 'a' }),
      note(T0 + 3, { text: 'gas in a', topicId: 'gas', sourceId: 'a' }),
    ];
    const sources = [source('a', { addedAt: T0 + 4 }), source('b', { addedAt: T0 + DAY })];
    const texts = (scope: object) => marksOf(scope, period, { ...nothing, notes, sources }).marks.map(({ text }) => text);
    expect(texts({})).toEqual(['all', 'gas', 'a', 'gas in a', 'Source added: The a', 'Source added: The b']);
    expect(texts({ topicId: 'war' })).toEqual(['all', 'a', 'Source added: The a', 'Source added: The b']);
    expect(texts({ sourceId: 'a' })).toEqual(['all', 'gas', 'a', 'gas in a', 'Source added: The a']);
    expect(texts({ topicId: 'gas', sourceId: 'b' })).toEqual(['all', 'gas', 'Source added: The b']);
  });

  it('are no more than a chart can show, in order, with notes before automatic marks', () => {
    const time = fc.integer({ min: 0, max: 7 * 24 - 1 }).map((hour) => T0 + hour * HOUR);
    fc.assert(
      fc.property(fc.array(time, { maxLength: 150 }), fc.array(time, { maxLength: 150 }), (noted, added) => {
        const notes = noted.map((at) => note(at));
        const sources = added.map((addedAt, index) => source(String(index), { addedAt }));
        const { marks, left } = marksOf({}, period, { ...nothing, notes, sources });
        const groups = new Set(added).size;
        expect(marks.length + left).toBe(notes.length + groups);
        expect(marks.length).toBeLessThanOrEqual(MOST_MARKS);
        expect(marks.map(({ at }) => at)).toEqual(marks.map(({ at }) => at).sort((a, b) => a - b));
        expect(marks.filter(({ kind }) => kind === 'note')).toHaveLength(Math.min(MOST_MARKS, notes.length));
        if (left > 0) expect(marks).toHaveLength(MOST_MARKS);
      }),
    );
  });
});

describe('a note', () => {
  it('is tidied', () => expect(checkNote({ at: T0, text: '  One\n two ' }, T0, 90 * DAY)).toEqual({ ok: true, value: { at: T0, text: 'One two' } }));

  it.each([
    [' \n', T0, 'text', 'required'],
    ['x'.repeat(281), T0, 'text', 'too-long'],
    ['x', T0 - 91 * DAY, 'at', 'outside'],
    ['x', T0 + 2 * MINUTE, 'at', 'outside'],
  ])('is refused: %#', (text, at, field, code) => {
    expect(checkNote({ at, text }, T0, 90 * DAY)).toMatchObject({ ok: false, error: { field, code } });
  });

  it('has an id that sorts by its time', () => expect([noteId(999, 'ffffffff') < noteId(1_000, '00000000'), noteId(T0, 'a')]).toEqual([true, `${T0}-a`]));
});
