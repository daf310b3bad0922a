/**
 * Control characters, marks that change the writing direction, line and paragraph separators, and invisible characters;
 * but not the joiners that are part of emoji and of words in some scripts.
 */
const HIDDEN = '\\p{Cc}\\u00ad\\u061c\\u180e\\u200b\\u200e\\u200f\\u2028-\\u202e\\u2060-\\u206f\\ufeff\\ufff9-\\ufffb';
const ONE = new RegExp(`[${HIDDEN}]`, 'u');
const ALL = new RegExp(`[${HIDDEN}]`, 'gu');

export const HIDDEN_CHARACTERS_RULE = 'must have no control characters, and none that hide or turn text';

/** Whether a text contains characters that can make it look like another text: names, titles and notes must not. */
export const hasHiddenCharacters = (text: string): boolean => ONE.test(text);

/** A text without its hidden characters; `instead` gives a replacement for each. */
export const withoutHiddenCharacters = (text: string, instead: (mark: string) => string = () => ''): string => text.replace(ALL, instead);
