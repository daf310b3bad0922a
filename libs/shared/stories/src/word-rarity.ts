import table from './rarity-table.json';

/** What is known of words from many headlines. */
export interface WordRarity {
  /** Natural logarithm of one over the share of headlines with the word; `isName` is undefined for an unknown word. */
  of(stem: string): { readonly rarity: number; readonly isName: boolean | undefined };
  /** Whether two neighbours are mostly seen together ("Black Friday"): then they are one piece of evidence, not two. */
  goTogether(first: string, second: string): boolean;
}

/**
 * The table as it ships: for each class, the stems that stand in about `headlines` × e^-(class / 4) headlines, "+" before one
 * that is a name; and the neighbours that are mostly seen together, a comma between two such.
 */
export interface RarityTable {
  readonly headlines: number;
  readonly classes: Readonly<Record<string, string>>;
  readonly together: string;
}

const STEP = 4;

/** Reads a table. The rarity of a word that it lacks is that of one headline in all. */
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

/** The class of a word that stands in `count` of `headlines`. */
export const rarityClassOf = (count: number, headlines: number): number => Math.round(STEP * Math.log(headlines / count));

let shipped: WordRarity | undefined;

/** The table that ships with the product, read at first use; made by `npm run stories:words`. */
export const wordRarity = (): WordRarity => (shipped ??= readRarity(table));
