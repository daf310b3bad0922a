import { counted, HOUR } from '@barometer/kernel';
import { speaksOf, touches, type Note } from './note';
import { sourcesOf, type ModelChange, type Period, type Scope } from './report';

export type MarkKind = 'note' | 'source-added' | 'source-failing' | 'model';

/** An explanation on the timeline. */
export interface Mark extends Scope {
  readonly kind: MarkKind;
  readonly at: number;
  /** The end of a mark with a duration; a mark of kind `source-failing` without one continues. */
  readonly until?: number;
  readonly text: string;
  /** The id of a note, for removing it. */
  readonly id?: string;
  /** The number of sources in the mark. */
  readonly count?: number;
}

/** The fields of a source that marks are made from. */
export interface MarkedSource {
  readonly id: string;
  readonly name: string;
  readonly addedAt: number;
  readonly health: { readonly outages?: readonly { readonly from: number; readonly to?: number }[] };
}

/** The data that marks are made from. `models` begins with the model before the first change. */
export interface MarkSources {
  readonly notes: readonly Note[];
  readonly sources: readonly MarkedSource[];
  readonly models: readonly ModelChange[];
}

/** Marks of a period, oldest first, and how many more there are. */
export interface Marks {
  readonly period: Period;
  readonly marks: readonly Mark[];
  readonly left: number;
}

/** More than any chart can show separately. */
export const MOST_MARKS = 100;
/** Sources named in one mark. */
const MOST_NAMED = 4;

/**
 * The marks on the timeline of a scope: notes, and automatic marks for sources that were added or could not be read and
 * for changes of the model. Sources added in the same hour, or failing from the same hour, are one mark. If there are
 * too many marks, notes and models are kept, and the latest of the others.
 */
export function marksOf(scope: Scope, period: Period, { notes, sources, models }: MarkSources): Marks {
  const asked = sourcesOf(scope);
  const ofScope = sources.filter(({ id }) => asked?.includes(id) ?? true);
  const first: Mark[] = [
    ...notes.filter((note) => speaksOf(note, scope) && touches(period, note.at)).map(noteMark),
    ...models
      .slice(1)
      .filter(({ at }) => touches(period, at))
      .map(({ at, model }): Mark => ({ kind: 'model', at, text: `From here on ${model.id} (${model.revision}) scores` })),
  ];
  const others = [...addedMarks(ofScope, period), ...failingMarks(ofScope, period)];
  const important = latest(first, MOST_MARKS);
  const marks = [...important, ...latest(others, MOST_MARKS - important.length)].sort(byTime);
  return { period, marks, left: first.length + others.length - marks.length };
}

const byTime = (one: Mark, other: Mark): number => one.at - other.at;
const latest = (marks: readonly Mark[], most: number): Mark[] => [...marks].sort(byTime).slice(Math.max(0, marks.length - most));

const noteMark = ({ id, at, text, topicId, sourceId }: Note): Mark => ({
  kind: 'note',
  at,
  text,
  id,
  ...(topicId !== undefined && { topicId }),
  ...(sourceId !== undefined && { sourceId }),
});

function addedMarks(sources: readonly MarkedSource[], period: Period): Mark[] {
  const added = sources.filter(({ addedAt }) => touches(period, addedAt));
  return [...Map.groupBy(added, ({ addedAt }) => Math.floor(addedAt / HOUR)).values()].map((group) => ({
    kind: 'source-added',
    at: Math.min(...group.map(({ addedAt }) => addedAt)),
    text: `${group.length === 1 ? 'Source' : counted(group.length, 'source')} added: ${namesOf(group)}`,
    ...aboutOf(group),
  }));
}

function failingMarks(sources: readonly MarkedSource[], period: Period): Mark[] {
  const outages = sources.flatMap(({ id, name, health: { outages: all = [] } }) =>
    all.filter(({ from, to }) => touches(period, from, to ?? Infinity)).map(({ from, to }) => ({ id, name, from, to })),
  );
  const hourOf = (time: number | undefined) => (time === undefined ? '' : Math.floor(time / HOUR));
  return [...Map.groupBy(outages, ({ from, to }) => `${hourOf(from)}-${hourOf(to)}`).values()].map((group) => {
    const ends = group.flatMap(({ to }) => to ?? []);
    return {
      kind: 'source-failing',
      at: Math.min(...group.map(({ from }) => from)),
      ...(ends.length > 0 && { until: Math.max(...ends) }),
      text: `Could not be read: ${namesOf(group)}`,
      ...aboutOf(group),
    };
  });
}

function namesOf(group: readonly { readonly name: string }[]): string {
  const names = group.map(({ name }) => name).sort((one, other) => one.localeCompare(other, 'en'));
  return names.length <= MOST_NAMED ? names.join(', ') : `${names.slice(0, MOST_NAMED - 1).join(', ')} and ${names.length - MOST_NAMED + 1} more`;
}

const aboutOf = (group: readonly { readonly id: string }[]) => ({ count: group.length, ...(group.length === 1 && group[0] && { sourceId: group[0].id }) });
