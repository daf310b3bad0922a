import { wordsOf } from '@barometer/kernel';

/** Letters without their accents, lower case: "Café" is found by "cafe". */
const fold = (text: string): string => wordsOf(text.normalize('NFKD').replace(/\p{M}+/gu, ''));

/**
 * The words that a search asks for. `undefined` for a blank search, which filters nothing; empty for one that has no
 * letter or digit in it, which finds nothing.
 */
export function searchWords(search: string | undefined): readonly string[] | undefined {
  if (search === undefined || search.trim() === '') return undefined;
  return [...new Set(fold(search).trim().split(' '))].filter((word) => word !== '').slice(0, MOST_WORDS);
}

/** More words than this cannot be asked for at once; further ones are ignored. */
const MOST_WORDS = 32;

/** Whether every word begins a word of the text. */
export function hasWords(words: readonly string[], text: string): boolean {
  if (words.length === 0) return false;
  const folded = fold(text);
  return words.every((word) => folded.includes(` ${word}`));
}
