import { distinctGroups, err, isInGroup, MOST_GROUPS, ok, type Result } from '@barometer/kernel';
import { checkedGroups, type SourceProblem } from '../domain/new-source';
import type { Source } from '../domain/source';
import type { SourceChange, SourceStore } from '../ports/source-store.port';

/** At most this many sources are changed by one request. */
export const MOST_CHANGED = 500;

/**
 * An action on many sources. `group` adds them to a group; `ungroup` removes them from it and from those below it, or
 * from all if none is named; `move` makes it their only group.
 */
export type SourcesAction =
  | { readonly kind: 'pause' | 'resume' | 'remove' }
  | { readonly kind: 'group' | 'move'; readonly group: string }
  | { readonly kind: 'ungroup'; readonly group?: string | undefined };

/** The outcome for many sources. */
export interface SourcesChanged {
  /** Ids of the sources that are now as requested. */
  readonly changed: readonly string[];
  /** Ids without a source. */
  readonly unknown: readonly string[];
  /** Sources for which the action is not possible, and why. */
  readonly refused: readonly { readonly id: string; readonly message: string }[];
}

/** Applies an action to many sources; a failure of one does not stop the others. */
export class ChangeSources {
  constructor(private readonly deps: { readonly sources: SourceStore }) {}

  async execute(given: readonly string[], action: SourcesAction): Promise<Result<SourcesChanged, SourceProblem>> {
    const ids = [...new Set(given)];
    if (ids.length === 0) return err({ field: 'ids', code: 'required', message: 'At least one source must be named.' });
    if (ids.length > MOST_CHANGED) return err({ field: 'ids', code: 'too-many', message: `At most ${MOST_CHANGED} sources are changed at a time.` });
    const group = checkedGroups('group' in action && action.group !== undefined ? [action.group] : []);
    if (!group.ok) return err({ ...group.error, field: 'group' });
    const { kind } = action;
    if (kind === 'remove') {
      const changed = await this.deps.sources.removeEach(ids);
      return ok({ changed, unknown: without(ids, changed), refused: [] });
    }
    const refused = new Map<string, string>();
    const there = await this.deps.sources.changeEach(ids, (source) => {
      const change = changeOf(source, kind, group.value[0]);
      if (change.ok) refused.delete(source.id);
      else refused.set(source.id, change.error);
      return change.ok ? change.value : {};
    });
    const known = there.map(({ id }) => id);
    return ok({
      changed: known.filter((id) => !refused.has(id)),
      unknown: without(ids, known),
      refused: [...refused].map(([id, message]) => ({ id, message })),
    });
  }
}

const without = (ids: readonly string[], known: readonly string[]): string[] => {
  const there = new Set(known);
  return ids.filter((id) => !there.has(id));
};

function changeOf(
  { kind, groups = [] }: Source,
  action: Exclude<SourcesAction['kind'], 'remove'>,
  group: string | undefined,
): Result<Omit<SourceChange, 'url'>, string> {
  if (action === 'pause') return ok({ paused: true });
  if (action === 'resume') return kind === 'import' ? err('This source is filled from files and has no feed to poll.') : ok({ paused: false });
  if (action === 'ungroup' || group === undefined) return ok({ groups: group === undefined ? [] : groups.filter((one) => !isInGroup([one], group)) });
  if (action === 'move') return ok({ groups: [group] });
  const more = distinctGroups([...groups, group]);
  return more.length > MOST_GROUPS ? err(`A source is in at most ${MOST_GROUPS} groups.`) : ok({ groups: more });
}
