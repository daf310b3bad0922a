import type { Source } from '@barometer/http-api/contract';
import { isInGroup } from '../../state/groups';
import { byConcern } from './source-words';

export const orders = ['trouble', 'name', 'group', 'articles'] as const;
export type Order = (typeof orders)[number];

/** Stands for sources without a group. */
export const NO_GROUP = '';
export const ALL_GROUPS = '*';

/** How the list of many sources is filtered and sorted. */
export interface Choice {
  readonly search: string;
  readonly state: Source['state'] | '';
  /** A group, `NO_GROUP` or `ALL_GROUPS`. */
  readonly group: string;
  readonly order: Order;
}

const compare: Readonly<Record<Order, (a: Source, b: Source) => number>> = {
  trouble: (a, b) => byConcern(a, b) || b.health.failures - a.health.failures,
  name: () => 0,
  group: (a, b) => (a.groups[0] ?? '\uffff').localeCompare(b.groups[0] ?? '\uffff'),
  articles: (a, b) => b.health.articles - a.health.articles,
};

/** The sources that match a choice, in its order; equal ones by name. */
export function chosenSources(sources: readonly Source[], { search, state, group, order }: Choice): Source[] {
  const words = search
    .toLowerCase()
    .split(/\s+/)
    .filter((word) => word !== '');
  const fits = (source: Source) =>
    (state === '' || source.state === state) &&
    (group === ALL_GROUPS || (group === NO_GROUP ? source.groups.length === 0 : isInGroup(source, group))) &&
    words.every((word) => `${source.name} ${source.url} ${source.groups.join(' ')}`.toLowerCase().includes(word));
  return sources.filter(fits).sort((a, b) => compare[order](a, b) || a.name.localeCompare(b.name));
}

/** The ids from one source to another in a list, both included, in either direction. */
export function idsBetween(sources: readonly Source[], from: string, to: string): string[] {
  const places = [from, to].map((id) => sources.findIndex((source) => source.id === id));
  if (places.includes(-1)) return [to];
  return sources.slice(Math.min(...places), Math.max(...places) + 1).map(({ id }) => id);
}
