/** Turns a text into token ids, including the special ones, without truncating. */
export type Encode = (text: string) => number[];

/** The longest word that a WordPiece tokeniser splits, and so the most tokens that one word can become. */
const LONGEST_WORD = 100;
const FIRST_CUT = 8_192;

/**
 * The ids of a text, truncated to `maxTokens` with the closing special token kept, as Python's tokeniser does for
 * `truncation=True`. Any string is accepted.
 *
 * A long text is tokenised only as far as needed. If a text is cut, only the word at the cut can come out differently,
 * and a word has at most a hundred tokens; so once a beginning gives that many more tokens than are kept, the rest of
 * the text cannot change them. A text of a megabyte thus costs as much as eight thousand characters.
 */
export function tokenise(text: string, encode: Encode, maxTokens: number): number[] {
  const clean = normalise(text);
  for (let end = FIRST_CUT; end < clean.length; end *= 4) {
    const ids = encode(beginning(clean, end));
    if (ids.length > maxTokens + LONGEST_WORD) return truncate(ids, maxTokens);
  }
  return truncate(encode(clean), maxTokens);
}

/** Chinese characters outside the basic plane: each is a word of its own, but the JavaScript tokeniser sees two surrogates. */
const HIGH_CHINESE = /[\u{20000}-\u{2A6DF}\u{2A700}-\u{2CEAF}\u{2F800}-\u{2FA1F}]/gu;

/**
 * Removes differences between the JavaScript tokeniser and the one that the model was trained with. A lone surrogate
 * becomes U+FFFD, which is dropped. A capital sigma is lowered here, since JavaScript's own lowering makes it a final
 * sigma at the end of a word.
 */
function normalise(text: string): string {
  return text.toWellFormed().replaceAll('Σ', 'σ').replace(HIGH_CHINESE, ' $& ');
}

/** The first `end` characters, one less where that would split a surrogate pair. */
function beginning(text: string, end: number): string {
  return text.slice(0, end).replace(/[\uD800-\uDBFF]$/, '');
}

function truncate(ids: readonly number[], maxTokens: number): number[] {
  return ids.length <= maxTokens ? [...ids] : [...ids.slice(0, maxTokens - 1), ids.at(-1) as number];
}
