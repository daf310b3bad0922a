/** The phrases of a topic: at least one of `anyOf` (when given), every one of `allOf`, none of `noneOf`. */
export interface PhraseRule {
  readonly anyOf: readonly string[];
  readonly allOf: readonly string[];
  readonly noneOf: readonly string[];
}

/** A text in the form in which phrases are compared: NFKC, lower case, with accents, runs of anything but letters and digits as one space. */
export function wordsOf(text: string): string {
  return ` ${text
    .normalize('NFKC')
    .toLowerCase()
    .replace(/[^\p{L}\p{N}\p{M}]+/gu, ' ')
    .trim()} `;
}

/** Letters that Unicode does not decompose, and what people type instead. */
const PLAIN: Readonly<Record<string, string>> = { ß: 'ss', æ: 'ae', œ: 'oe', ø: 'o', ł: 'l', đ: 'd', ð: 'd', þ: 'th', ı: 'i', ħ: 'h', ŋ: 'n' };

/**
 * A text in the form in which searches are compared: `wordsOf` without accents, so that "munchen" finds "München" and
 * vice versa. Marks that are letters of their script, as in Hindi, are kept.
 */
export const foldedWordsOf = (text: string): string =>
  wordsOf(text.normalize('NFKD').replace(/[\u0300-\u036f]/g, '')).replace(/[ßæœøłđðþıħŋ]/g, (letter) => PLAIN[letter] ?? letter);

/** Whether a text contains the rule's phrases as whole words; a rule without phrases matches nothing. */
export function matchesPhrases(rule: PhraseRule, text: string): boolean {
  const words = wordsOf(text);
  const has = (phrase: string) => wordsOf(phrase).trim() !== '' && words.includes(wordsOf(phrase));
  if (rule.anyOf.length === 0 && rule.allOf.length === 0) return false;
  return (rule.anyOf.length === 0 || rule.anyOf.some(has)) && rule.allOf.every(has) && !rule.noneOf.some(has);
}
