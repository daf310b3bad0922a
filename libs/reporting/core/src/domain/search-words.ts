import { foldedWordsOf } from '@barometer/kernel';

/** A search uses at most this many words; further ones are ignored. */
const MOST_WORDS = 32;

/**
 * The words of a search. `undefined` for a blank search, which filters nothing; empty for a search without any letter
 * or digit, which finds nothing.
 */
export function searchWords(search: string | undefined): readonly string[] | undefined {
  if (search === undefined || search.trim() === '') return undefined;
  const words = foldedWordsOf(search)
    .split(' ')
    .filter((word) => word !== '');
  return [...new Set(words)].slice(0, MOST_WORDS);
}

/** Whether every word begins a word of the text; false without any word. */
export function hasWords(words: readonly string[], text: string): boolean {
  const known = foldedWordsOf(text);
  return words.length > 0 && words.every((word) => known.includes(` ${word}`));
}
