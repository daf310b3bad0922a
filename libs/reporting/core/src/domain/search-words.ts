import { foldedWordsOf } from '@barometer/kernel';

/** More words than this cannot be asked for at once; further ones are ignored. */
const MOST_WORDS = 32;

/**
 * The words that a search asks for. `undefined` for a blank search, which filters nothing; empty for one that has no
 * letter or digit in it, which finds nothing.
 */
export function searchWords(search: string | undefined): readonly string[] | undefined {
  if (search === undefined || search.trim() === '') return undefined;
  const words = foldedWordsOf(search).split(' ').filter((word) => word !== '');
  return [...new Set(words)].slice(0, MOST_WORDS);
}

/** Whether every word begins a word of the text; no word at all is found nowhere. */
export function hasWords(words: readonly string[], text: string): boolean {
  const known = foldedWordsOf(text);
  return words.length > 0 && words.every((word) => known.includes(` ${word}`));
}
