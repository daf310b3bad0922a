import table from './rarity-table.json';

/** Statistics of words from many headlines. */
export interface WordRarity {
  /** Natural logarithm of the inverse share of headlines with the word; `isName` is undefined for an unknown word. */
  of(stem: string): { readonly rarity: number; readonly isName: boolean | undefined };
  /** Whether two neighbours mostly occur together ("Black Friday"), and so count as one piece of evidence. */
  goTogether(first: string, second: string): boolean;
}

/**
 * The shipped table: for each class, the stems that occur in about `headlines` × e^-(class / 4) headlines, with "+"
 * before a name; and the neighbours that mostly occur together, each pair with a comma between.
 */
export interface RarityTable {
  readonly headlines: number;
  readonly classes: Readonly<Record<string, string>>;
  readonly together: string;
}

const STEP = 4;

/** Reads a table. A word that is not in it counts as occurring in a single headline. */
export function readRarity({ headlines, classes, together }: RarityTable): WordRarity {
  const words = new Map<string, { readonly rarity: number; readonly isName: boolean }>();
  for (const [step, stems] of Object.entries(classes)) {
    const rarity = Number(step) / STEP;
    for (const stem of stems.split(' ')) {
      const isName = stem.startsWith('+');
      words.set(isName ? stem.slice(1) : stem, { rarity, isName });
    }
  }
  const neighbours = new Set(together.split(','));
  const unknown = { rarity: Math.log(headlines), isName: undefined };
  return { of: (stem) => words.get(stem) ?? unknown, goTogether: (first, second) => neighbours.has(`${first} ${second}`) };
}

/** The class of a word that occurs in `count` of `headlines`. */
export const rarityClassOf = (count: number, headlines: number): number => Math.round(STEP * Math.log(headlines / count));

let shipped: WordRarity | undefined;

/** The shipped table, read at first use; made by `npm run stories:words`. */
export const wordRarity = (): WordRarity => (shipped ??= readRarity(table));
