import type { Sentiment } from '@barometer/events';
import { fromMicro, toMicro } from '@barometer/kernel';

/** A word as it stands in the text: between the white space, without the punctuation around it; `end` is behind its last character. */
export interface TextWord {
  readonly word: string;
  readonly start: number;
  readonly end: number;
}

/** A word and its pull: the tone of the whole text less that of the text without the word, -2...2. Above 0 it brightens. */
export interface PullingWord extends TextWord {
  readonly pull: number;
}

/** What the words of a text did to its score. */
export interface Explanation {
  readonly text: string;
  /** How the model that explains scores the whole text. */
  readonly sentiment: Sentiment;
  /** In the order of the text; empty where the text has fewer than two words, since there is no text without its only one. */
  readonly words: readonly PullingWord[];
  /** Whether there are words behind the last that was looked at. */
  readonly truncated: boolean;
}

/** Words of a text that are looked at: a headline has about 10, a long summary a few more than this. */
export const MOST_EXPLAINED_WORDS = 64;

/** Characters of a text that are looked at: more than any 64 words of news have. What stands behind them stays out of every comparison. */
const MOST_CHARACTERS = 2_000;

/** What stands between two runs of white space, without anything but letters, digits, marks and signs of value at its ends. */
const WORD = /[\p{L}\p{N}\p{M}$£€%#@](?:\S*[\p{L}\p{N}\p{M}$£€%])?/gu;

/** A text as it is explained: its beginning, if it is long. */
export const explainedText = (text: string): string => (text.length <= MOST_CHARACTERS ? text : text.slice(0, MOST_CHARACTERS).toWellFormed());

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

/** The text without a word: as one would write it, with no space left before a comma or behind an opening quotation mark. */
export function withoutWord(text: string, { start, end }: TextWord): string {
  const [before, after] = [text.slice(0, start), text.slice(end)];
  const joint = /(^|[\s\p{Pi}\p{Ps}"'])$/u.test(before) ? '' : /^\s/u.test(after) ? ' ' : '';
  return /^[\s]/u.test(after) || after === '' || !/\s$/u.test(before) ? before + joint + after.trimStart() : before.trimEnd() + after;
}

/** The texts whose scores explain a text: the whole, then one without each word. */
export function comparedTexts(text: string): string[] {
  const whole = explainedText(text);
  const { words } = wordsIn(whole);
  return words.length < 2 ? [whole] : [whole, ...words.map((word) => withoutWord(whole, word))];
}

/**
 * What each word did to the tone, from the scores of `comparedTexts`: leave one out, or erasure (Li, Monroe and Jurafsky 2016,
 * "Understanding Neural Networks through Representation Erasure"; Zeiler and Fergus 2014 for images). Pulls do not add up to
 * the tone: words act together.
 */
export function explanationOf(text: string, sentiments: readonly Sentiment[]): Explanation {
  const [sentiment, ...without] = sentiments;
  if (!sentiment) throw new RangeError('There is no score to explain.');
  const whole = explainedText(text);
  const { words, truncated } = wordsIn(whole);
  const pulls = words.length < 2 ? [] : words.map((word, index) => ({ ...word, pull: pullOf(sentiment, without[index]) }));
  return { text, sentiment, words: pulls, truncated: truncated || whole.length < text.length };
}

const pullOf = (whole: Sentiment, without: Sentiment | undefined): number => fromMicro(toMicro(whole.tone) - toMicro(without?.tone ?? whole.tone));
