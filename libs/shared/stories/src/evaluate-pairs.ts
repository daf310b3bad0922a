import { headlineOf } from './headline';
import { StoryIndex } from './story-index';

/** How a reader relates two headlines: the same event, another development of the same affair, or neither. */
export const RELATIONS = ['same', 'related', 'different'] as const;
export type Relation = (typeof RELATIONS)[number];

/** A headline of a pair; `at` is when it was published, in milliseconds. */
export interface PairSide {
  readonly text: string;
  readonly at: number;
}

export interface StoryPair {
  readonly a: PairSide;
  readonly b: PairSide;
  readonly relation: Relation;
}

/** For each relation, how many pairs there are and how many of them are joined into one story. */
export type PairEvaluation = Readonly<Record<Relation, { readonly pairs: number; readonly joined: number }>>;

/** Whether two headlines alone would be one story: the later one finds the earlier as it would in a store. */
export function isOneStory(a: PairSide, b: PairSide): boolean {
  const [first, second] = a.at <= b.at ? [a, b] : [b, a];
  const index = new StoryIndex();
  index.add('first', headlineOf(first.text), first.at);
  return index.find(headlineOf(second.text), second.at) !== undefined;
}

/** Joins each pair by itself, and counts. */
export function evaluatePairs(pairs: readonly StoryPair[]): PairEvaluation {
  const counts = { same: { pairs: 0, joined: 0 }, related: { pairs: 0, joined: 0 }, different: { pairs: 0, joined: 0 } };
  for (const { a, b, relation } of pairs) {
    counts[relation].pairs += 1;
    if (isOneStory(a, b)) counts[relation].joined += 1;
  }
  return counts;
}
