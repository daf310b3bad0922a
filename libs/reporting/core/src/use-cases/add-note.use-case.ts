import { err, ok, randomHex, type Clock, type Result } from '@barometer/kernel';
import { checkNote, noteId, type Note, type NoteForm, type NoteProblem } from '../domain/note';
import type { Scope } from '../domain/report';
import type { NoteStore } from '../ports/note-store.port';
import type { ReportStore } from '../ports/report-store.port';
import type { TopicStore } from '../ports/topic-store.port';

export const MOST_NOTES = 500;

interface Deps {
  readonly notes: NoteStore;
  readonly reports: Pick<ReportStore, 'retention'>;
  readonly topics: Pick<TopicStore, 'find'>;
  readonly hasSource: (id: string) => Promise<boolean>;
  readonly clock: Clock;
}

/** Adds a note to the timeline. If there are too many, notes older than the timeline are removed. */
export class AddNote {
  constructor(private readonly deps: Deps) {}

  async execute(form: NoteForm): Promise<Result<Note, NoteProblem>> {
    const { notes, reports, clock } = this.deps;
    const kept = reports.retention.rollups;
    const now = clock.now();
    const checked = checkNote(form, now, kept);
    if (!checked.ok) return checked;
    const unknown = await this.unknown(checked.value);
    if (unknown) return err(unknown);
    if ((await notes.count()) >= MOST_NOTES) {
      await notes.removeBefore(now - kept);
      if ((await notes.count()) >= MOST_NOTES)
        return err({ field: 'text', code: 'too-many', message: `There are ${MOST_NOTES} notes already; remove one first.` });
    }
    const { at, text, topicId, sourceId } = checked.value;
    const note: Note = {
      id: noteId(at, randomHex(4)),
      at: Math.trunc(at),
      text,
      ...(topicId !== undefined && { topicId }),
      ...(sourceId !== undefined && { sourceId }),
      createdAt: now,
    };
    await notes.add(note);
    return ok(note);
  }

  private async unknown({ topicId, sourceId }: Scope): Promise<NoteProblem | undefined> {
    const { topics, hasSource } = this.deps;
    if (topicId !== undefined && !(await topics.find(topicId))) return { field: 'topic', code: 'unknown', message: `There is no topic ${topicId}.` };
    if (sourceId !== undefined && !(await hasSource(sourceId))) return { field: 'source', code: 'unknown', message: `There is no source ${sourceId}.` };
    return undefined;
  }
}
