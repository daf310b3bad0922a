import { counted, DAY, err, hasHiddenCharacters, HIDDEN_CHARACTERS_RULE, MINUTE, ok, type Result } from '@barometer/kernel';
import { sourcesOf, type Period, type Scope } from './report';

/** A reader's remark about a time, shown on the timeline. */
export interface Note extends Omit<Scope, 'sourceIds'> {
  /** Made by `noteId`, so that ids sort by the time of their notes. */
  readonly id: string;
  /** The time that the note is about, in milliseconds since 1970, UTC. */
  readonly at: number;
  readonly text: string;
  readonly createdAt: number;
}

/** A note as a reader writes it. */
export interface NoteForm extends Omit<Scope, 'sourceIds'> {
  readonly at: number;
  readonly text: string;
}

/** Why a note is refused, and because of which field. */
export interface NoteProblem {
  readonly field: 'at' | 'text' | 'topic' | 'source';
  readonly code: 'required' | 'hidden' | 'too-long' | 'outside' | 'unknown' | 'too-many';
  readonly message: string;
}

export const LONGEST_NOTE = 280;
/** How far the clock of the writer may be ahead. */
const AHEAD = MINUTE;

const LATEST = 9_999_999_999_999;

/** The beginning of the id of a note about this time; sorts like the time. */
export const noteTime = (at: number): string => String(Math.min(Math.max(Math.trunc(at), 0), LATEST)).padStart(13, '0');

/** A unique id for a note about a time; `unique` is 8 hex digits. */
export const noteId = (at: number, unique: string): string => `${noteTime(at)}-${unique}`;

/** The form with its text trimmed, or why it is refused; `kept` is how long the timeline is kept, in milliseconds. */
export function checkNote(form: NoteForm, now: number, kept: number): Result<NoteForm, NoteProblem> {
  const text = form.text.normalize('NFC').trim().replace(/\s+/gu, ' ');
  if (text === '') return err({ field: 'text', code: 'required', message: 'A note needs a text.' });
  if (hasHiddenCharacters(text)) return err({ field: 'text', code: 'hidden', message: `A note ${HIDDEN_CHARACTERS_RULE}.` });
  if ([...text].length > LONGEST_NOTE) return err({ field: 'text', code: 'too-long', message: `A note has at most ${LONGEST_NOTE} characters.` });
  if (form.at < now - kept) return err({ field: 'at', code: 'outside', message: `The timeline goes back ${counted(kept / DAY, 'day')}.` });
  if (form.at > now + AHEAD) return err({ field: 'at', code: 'outside', message: 'The timeline ends now.' });
  return ok({ ...form, text });
}

/** Whether a note belongs on the timeline of a scope: it does unless it is about another topic or source. */
export const speaksOf = (note: Scope, scope: Scope): boolean =>
  (scope.topicId === undefined || note.topicId === undefined || note.topicId === scope.topicId) &&
  (note.sourceId === undefined || (sourcesOf(scope)?.includes(note.sourceId) ?? true));

/** Whether a time, or a span that begins there, overlaps a period. */
export const touches = ({ from, to }: Period, at: number, until = at): boolean => at < to && until >= from;
