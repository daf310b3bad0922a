import type { Sentiment } from '@barometer/events';
import { fromMicro, toMicro } from '@barometer/kernel';

/** A word and its position in the text, between white space and without the punctuation around it; `end` is exclusive. */
export interface TextWord {
  readonly word: string;
  readonly start: number;
  readonly end: number;
}

/** A word and its pull: the tone of the whole text minus that of the text without the word, -2...2; above 0, the word brightens the text. */
export interface PullingWord extends TextWord {
  readonly pull: number;
}

/** The influence of each word of a text on its score. */
export interface Explanation {
  readonly text: string;
  /** The score of the whole text by the explaining model. */
  readonly sentiment: Sentiment;
  /** In the order of the text; empty if the text has fewer than two words, since without its only word no text remains. */
  readonly words: readonly PullingWord[];
  /** Whether the text has further words that were not examined. */
  readonly truncated: boolean;
}

/** At most this many words of a text are examined: a headline has about 10, a long summary a few more than this. */
export const MOST_EXPLAINED_WORDS = 64;

/** At most this many characters of a text are examined: more than 64 words of news have. */
const MOST_CHARACTERS = 1_000;

/** Text between two runs of white space, with anything but letters, digits, marks and currency or similar signs stripped from its ends. */
const WORD = /[\p{L}\p{N}\p{M}$£€%#@](?:\S*[\p{L}\p{N}\p{M}$£€%])?/gu;

/**
 * The words that a reader sees, at most `MOST_EXPLAINED_WORDS`, and whether more follow.
 *
 * @example wordsIn('“Don\'t panic”, say U.S. banks').words // Don't, panic, say, U.S, banks
 */
export function wordsIn(text: string): { readonly words: readonly TextWord[]; readonly truncated: boolean } {
  const words: TextWord[] = [];
  for (const { 0: word, index: start } of text.matchAll(WORD)) {
    if (words.length === MOST_EXPLAINED_WORDS) return { words, truncated: true };
    if (/[\p{L}\p{N}]/u.test(word)) words.push({ word, start, end: start + word.length });
  }
  return { words, truncated: false };
}

/** The text without a word, spaced as in normal writing: no space before a comma or after an opening quotation mark. */
export function withoutWord(text: string, { start, end }: TextWord): string {
  const [before, after] = [text.slice(0, start), text.slice(end)];
  const joint = /(^|[\s\p{Pi}\p{Ps}"'])$/u.test(before) ? '' : /^\s/u.test(after) ? ' ' : '';
  return /^[\s]/u.test(after) || after === '' || !/\s$/u.test(before) ? before + joint + after.trimStart() : before.trimEnd() + after;
}

/** The part of a text that is examined: its beginning, or all of it if it is short. */
function beginningOf(text: string): { readonly beginning: string; readonly words: readonly TextWord[]; readonly truncated: boolean } {
  const head = text.length <= MOST_CHARACTERS ? text : text.slice(0, MOST_CHARACTERS).toWellFormed();
  const { words, truncated } = wordsIn(head);
  const beginning = truncated ? head.slice(0, words.at(-1)?.end) : head;
  return { beginning, words, truncated: truncated || head.length < text.length };
}

/**
 * The texts whose scores explain a text: the whole, its beginning if more follows, and the beginning without each of its
 * words. The rest of a long text is in no comparison, so that a long text costs no more than its first words.
 */
export function comparedTexts(text: string): string[] {
  const { beginning, words, truncated } = beginningOf(text);
  return words.length < 2 ? [text] : [text, ...(truncated ? [beginning] : []), ...words.map((word) => withoutWord(beginning, word))];
}

/** How many words of a text are examined. */
export const explainedWords = (text: string): number => beginningOf(text).words.length;

/**
 * The influence of each word on the tone, from the scores of `comparedTexts`: leave-one-out, or erasure (Li, Monroe and
 * Jurafsky 2016, "Understanding Neural Networks through Representation Erasure"; Zeiler and Fergus 2014 for images).
 * Pulls do not add up to the tone, since words interact.
 */
export function explanationOf(text: string, sentiments: readonly Sentiment[]): Explanation {
  const { words, truncated } = beginningOf(text);
  const [sentiment, ...others] = sentiments;
  if (!sentiment) throw new RangeError('There is no score to explain.');
  const [beginning, ...without] = truncated ? others : sentiments;
  const pulls = words.length < 2 ? [] : words.map((word, index) => ({ ...word, pull: pullOf(beginning ?? sentiment, without[index]) }));
  return { text, sentiment, words: pulls, truncated };
}

const pullOf = (whole: Sentiment, without: Sentiment | undefined): number => fromMicro(toMicro(whole.tone) - toMicro(without?.tone ?? whole.tone));
