import type { ManualClock } from '@barometer/kernel';
import { AddNote, ListMarks, RemoveNote, type Note, type NoteStore, type ReportStore, type TopicStore } from '@barometer/reporting';
import type { MarkUseCases } from '../dependencies';
import { NOW } from './fake-store';

/** Notes in a map, and a source that was added an hour ago. */
export function fakeMarks(reports: ReportStore, topics: TopicStore, clock: ManualClock): MarkUseCases {
  const kept = new Map<string, Note>();
  const notes: NoteStore = {
    add: async (note) => Boolean(kept.set(note.id, note)),
    list: async ({ from, to }) => [...kept.values()].filter(({ at }) => at >= from && at < to),
    count: async () => kept.size,
    remove: async (id) => kept.delete(id),
    removeBefore: async () => undefined,
  };
  const sources = async () => [
    { id: 'daily', name: 'The Daily', addedAt: NOW - 3_600_000, health: { outages: [{ from: NOW - 7_200_000, to: NOW - 6_000_000 }] } },
  ];
  return {
    list: new ListMarks({ reports, notes, sources, clock }),
    add: new AddNote({ notes, reports, topics, hasSource: async (id) => id === 'daily', clock }),
    remove: new RemoveNote({ notes }),
  };
}
