import { cleanText, MAX_TITLE } from '../domain/clean-text';

/** Random draws that are the same for the same seed. */
export interface Random {
  /** A whole number from 0 to below `end`. */
  below(end: number): number;
  chance(probability: number): boolean;
  one<T>(of: readonly T[]): T;
  shuffled<T>(items: readonly T[]): T[];
}

/** Mulberry32, a generator of 32 bits in the public domain. */
export function randomFrom(seed: number): Random {
  let state = seed >>> 0;
  const next = () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
  const below = (end: number) => Math.floor(next() * end);
  return {
    below,
    chance: (probability) => next() < probability,
    one: (of) => of[below(of.length)] as (typeof of)[number],
    shuffled: (items) =>
      items
        .map((item) => ({ item, order: next() }))
        .sort((a, b) => a.order - b.order)
        .map(({ item }) => item),
  };
}

const WHO = [
  'Minister',
  'Court',
  'Police',
  'Union',
  'Harbour town',
  'Central bank',
  'Youth team',
  'City council',
  'Rescue crews',
  'Farmers',
  'Parliament',
  'Hospital',
  'Airline',
  'School board',
  'Scientists',
  'Opposition',
  'Villagers',
  'Regulator',
  'Factory',
  'Museum',
];
const DOES = [
  'denies',
  'welcomes',
  'rejects',
  'celebrates',
  'warns of',
  'delays',
  'wins',
  'loses',
  'opens',
  'closes',
  'fears',
  'promises',
  'investigates',
  'halts',
  'praises',
  'blames',
  'rebuilds',
  'abandons',
];
const WHAT = [
  'bribery',
  'record harvest',
  'deadly flood',
  'rail strike',
  'new bridge',
  'budget cuts',
  'final match',
  'power cut',
  'heat wave',
  'peace talks',
  'tax reform',
  'oil spill',
  'ferry crash',
  'vaccine trial',
  'school meals',
  'wage deal',
  'forest fire',
  'border treaty',
  'data leak',
  'housing plan',
];
const WHERE = [
  'in the north',
  'after long debate',
  'on the coast',
  'for the third time',
  'despite protests',
  'before elections',
  'in the capital',
  'at midnight',
  'during summit',
  'near the border',
];

/** Headlines in a random order, all different even without case and marks; throws an error when they run out. */
export function headlinesFrom(random: Random, given?: readonly string[]): { next(): string } {
  const invented = () =>
    WHO.flatMap((who) => DOES.flatMap((does) => WHAT.map((what) => `${who} ${does} ${what}`))).map((start) => `${start} ${random.one(WHERE)}`);
  // A headline that cleaning would change could not be recognised in the store.
  const plain = (given ?? invented()).filter((text) => cleanText(text, MAX_TITLE) === text);
  const waiting = random.shuffled([...new Map(plain.map((text) => [text.toLowerCase(), text])).values()]);
  return {
    next() {
      const title = waiting.pop();
      if (title === undefined) throw new Error('The trial needs more headlines.');
      return title;
    },
  };
}
