import { foldedWordsOf } from '@barometer/kernel';
import { ASIDE, mannerOf, type Manner } from './manner';
import { isEmptyWord, joinPhrases, meaningOf } from './same-meaning';
import { wordRarity, type WordRarity } from './word-rarity';

/** A word of a headline that contributes to identifying its event. */
export interface Term {
  /** The stem that represents all words of its meaning. */
  readonly stem: string;
  /** Natural logarithm of the inverse share of headlines with the word: 2 is common, 11 never seen. */
  readonly rarity: number;
  /** Whether it names a person, a place or a body. */
  readonly isName: boolean;
  /** Whether it follows "after", "amid" and the like: background of the news, not the news itself. */
  readonly aside: boolean;
  /** Its position among the headline's terms, from 0. */
  readonly place: number;
}

/** A parsed headline, ready for many comparisons. */
export interface Headline {
  readonly terms: ReadonlyMap<string, Term>;
  /** Neighbouring terms that form one expression ("black", "friday"), as the stem of the second by that of the first. */
  readonly expressions: ReadonlyMap<string, string>;
  /** Numbers as written, thousands without their comma, and those in words from two to twelve; years are left out. */
  readonly numbers: ReadonlySet<string>;
  /** The number with a decimal point that follows a term ("ios", 26.2). */
  readonly versions: ReadonlyMap<string, string>;
  readonly manner: Manner;
  /** The sum of all rarities. */
  readonly weight: number;
}

const NUMBER_WORDS = new Map('two three four five six seven eight nine ten eleven twelve'.split(' ').map((word, index) => [word, String(index + 2)]));
const YEAR = /^(?:19|20)\d\d$/;
/** More terms than any headline has; of a longer text (a whole summary) only the beginning is compared. */
const MOST_TERMS = 40;

/**
 * A headline in the form that stories are made from: what it names, what happens, its numbers, and its manner.
 *
 * @example headlineOf('Seven dead in Swiss bar fire').terms.has('switzerland') // true
 */
export function headlineOf(text: string, words: WordRarity = wordRarity()): Headline {
  const written = joinPhrases(writtenWords(text));
  const capitalsTell = !isTitleCase(written);
  const terms = new Map<string, Term>();
  const expressions = new Map<string, string>();
  const numbers = new Set<string>();
  const versions = new Map<string, string>();
  let before: string | undefined;
  let aside = false;
  for (const [index, { word, capital }] of written.entries()) {
    const number = numberOf(word);
    if (number !== undefined) {
      if (YEAR.test(number)) continue;
      numbers.add(number);
      if (before !== undefined && number.includes('.')) versions.set(before, number);
      continue;
    }
    if (index > 1 && ASIDE.has(word)) aside = true;
    if (isEmptyWord(word) || ASIDE.has(word) || word.length < 2 || terms.size === MOST_TERMS) continue;
    const stem = meaningOf(word);
    if (!terms.has(stem)) {
      const known = words.of(stem);
      const isName = known.isName ?? (capital && capitalsTell && index > 0);
      terms.set(stem, { stem, rarity: known.rarity, isName, aside, place: terms.size });
    }
    if (before !== undefined && words.goTogether(before, stem)) expressions.set(before, stem);
    before = stem;
  }
  let weight = 0;
  for (const { rarity } of terms.values()) weight += rarity;
  return { terms, expressions, numbers, versions, manner: mannerOf(text), weight };
}

interface WrittenWord {
  readonly word: string;
  readonly capital: boolean;
}

const WORD = /\p{L}\.(?:\p{L}\.)+|\d(?:[\d.,]*\d)?|[\p{L}\p{M}\p{N}]+/gu;

function writtenWords(text: string): WrittenWord[] {
  return (text.normalize('NFKC').match(WORD) ?? []).flatMap((raw) => {
    if (/^\d/.test(raw)) return [{ word: raw, capital: false }];
    const bare = raw.replaceAll('.', '');
    // The country "US", not the pronoun "us".
    if (bare === 'US') return [{ word: 'usa', capital: true }];
    const capital = /^\p{Lu}/u.test(bare);
    // Folding is the most expensive step here, and most words do not need it.
    if (/^[A-Za-z\d]+$/.test(bare)) return [{ word: bare.toLowerCase(), capital }];
    return foldedWordsOf(bare)
      .trim()
      .split(' ')
      .map((word) => ({ word, capital }));
  });
}

/** In Title Case a capital letter carries no information. */
function isTitleCase(words: readonly WrittenWord[]): boolean {
  const long = words.filter(({ word }) => word.length >= 4 && !/^\d/.test(word));
  return long.filter(({ capital }) => !capital).length < 0.25 * long.length;
}

function numberOf(word: string): string | undefined {
  if (!/^\d/.test(word)) return NUMBER_WORDS.get(word);
  const plain = word.replaceAll(',', '');
  return plain.includes('.') ? plain.replace(/\.?0+$/, '') : plain;
}
