import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { headlineOf, rarityClassOf, readRarity, type RarityTable, type WordRarity } from '../src';

const OUT = join(__dirname, '../src/rarity-table.json');
/** A word in fewer headlines is treated as unknown, since its use as a name would be a matter of chance. */
const FEWEST = 3;
/** Neighbours form an expression if they occur together often, and in more than every fourth headline with the rarer one. */
const FEWEST_TOGETHER = 5;
const TOGETHER = 0.25;

/** Makes the table of word rarities: `npm run stories:words -- FILE`, JSON Lines with "text". Contains no headline. */
export async function main(): Promise<void> {
  const file = process.argv[3];
  if (!file) throw new Error('give a file of JSON Lines with "text"');
  const texts = readFileSync(file, 'utf8')
    .split('\n')
    .filter((line) => line !== '')
    .map((line) => (JSON.parse(line) as { text: string }).text);
  const table = rarityTable(texts);
  writeFileSync(OUT, `${JSON.stringify(table, undefined, 1)}\n`);
  process.stdout.write(`${OUT}: ${Object.values(table.classes).join(' ').split(' ').length} words of ${texts.length} headlines\n`);
}

/** The rarity of the words in these headlines, which are names, and which neighbours form expressions. */
export function rarityTable(texts: readonly string[]): RarityTable {
  const seen = new Map<string, { count: number; capital: number; judged: number }>();
  const neighbours = new Map<string, number>();
  for (const text of texts) {
    const found = new Set<string>();
    // Nothing is known yet: every capital letter marks a name, and all neighbours are counted.
    const unknown: WordRarity = {
      ...readRarity({ headlines: texts.length, classes: {}, together: '' }),
      goTogether: (first, second) => {
        if (first !== second) found.add(`${first} ${second}`);
        return false;
      },
    };
    const judges = isSentenceCase(text);
    for (const { stem, isName, place } of headlineOf(text, unknown).terms.values()) {
      const of = seen.get(stem) ?? { count: 0, capital: 0, judged: 0 };
      // The first word is capitalised because of its position.
      const judged = judges && place > 0;
      seen.set(stem, { count: of.count + 1, judged: of.judged + Number(judged), capital: of.capital + Number(judged && isName) });
    }
    for (const pair of found) neighbours.set(pair, (neighbours.get(pair) ?? 0) + 1);
  }
  const count = (stem: string) => seen.get(stem)?.count ?? 0;
  const together = [...neighbours]
    .filter(([pair, times]) => times >= FEWEST_TOGETHER && times > TOGETHER * Math.min(...pair.split(' ').map(count)))
    .map(([pair]) => pair);
  return { headlines: texts.length, classes: classesOf(seen, texts.length), together: together.sort().join(',') };
}

function classesOf(seen: ReadonlyMap<string, { count: number; capital: number; judged: number }>, headlines: number): Record<string, string> {
  const classes = new Map<number, string[]>();
  for (const [stem, { count, capital, judged }] of seen) {
    if (count < FEWEST) continue;
    const step = rarityClassOf(count, headlines);
    const name = judged > 0 && capital / judged > 0.6;
    classes.set(step, [...(classes.get(step) ?? []), `${name ? '+' : ''}${stem}`]);
  }
  return Object.fromEntries([...classes].sort(([a], [b]) => a - b).map(([step, stems]) => [String(step), stems.sort().join(' ')]));
}

/** In sentence case, most long words are in lower case; only then does a capital letter mark a name. */
function isSentenceCase(text: string): boolean {
  const long = text.match(/\p{L}{4,}/gu) ?? [];
  return long.filter((word) => /^\p{Ll}/u.test(word)).length >= 0.4 * long.length;
}
