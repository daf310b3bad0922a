import type { Source } from './source';

export const sourceStates = ['failing', 'gone', 'new', 'ok', 'paused'] as const;
/** The state of a source in one word. */
export type SourceState = (typeof sourceStates)[number];

/** The state of a source; a paused one is `paused` whatever its health. */
export function sourceState({ paused, health }: Pick<Source, 'paused' | 'health'>): SourceState {
  if (paused) return 'paused';
  if (health.status === 'never') return 'new';
  if (health.status === 'gone') return 'gone';
  return health.status === 'failed' ? 'failing' : 'ok';
}

/** Sorts by state in the order of `sourceStates`, failing sources first; then by most failures in a row, then by name. */
export function byTrouble(one: Source, other: Source): number {
  const rank = (source: Source) => sourceStates.indexOf(sourceState(source));
  return rank(one) - rank(other) || other.health.failures - one.health.failures || one.name.localeCompare(other.name, 'en') || (one.id < other.id ? -1 : 1);
}
