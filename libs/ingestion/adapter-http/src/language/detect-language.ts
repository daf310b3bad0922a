import { detectAll } from 'tinyld/light';
import type { Sureness } from '@barometer/ingestion';
import { FUNCTION_WORDS } from './function-words';

const LANGUAGES_OF = new Map<string, string[]>();
for (const [language, words] of Object.entries(FUNCTION_WORDS)) {
  for (const word of new Set(words)) LANGUAGES_OF.set(word, [...(LANGUAGES_OF.get(word) ?? []), language]);
}

/** Longer texts tell no more. */
const MOST_CHARACTERS = 1_000;
/** A single function word decides only where it makes up this share of the words. */
const SHARE_OF_ONE_WORD = 0.2;
/** Fewer words in plain letters are names more often than a language. */
const FEWEST_WORDS = 3;
/**
 * What the statistics must reach before a text counts as not English, and their lead over English. Measured on 3,223
 * headlines; see detect-language.spec.ts. Letters outside ASCII make another language likelier.
 */
const SURE = { ascii: { accuracy: 0.12, lead: 0.08 }, accented: { accuracy: 0.05, lead: 0.02 } };

/**
 * The language of a short text as an ISO 639-1 code; `undefined` when unsure. Leans towards English, whose headlines
 * are full of foreign names: an English text that is refused is lost, a foreign one that passes is only odd. A text of
 * which it is `sure` may contradict what a feed declares.
 */
export function detectLanguage(text: string, sureness: Sureness = 'likely'): string | undefined {
  const head = text.slice(0, MOST_CHARACTERS);
  const words = head.toLowerCase().match(/\p{L}+/gu) ?? [];
  if (sureness === 'sure') return surely(head, words);
  return byFunctionWords(words) ?? byStatistics(head, words.length);
}

/** Scripts that English is never written in. */
const OTHER_SCRIPT = /[\p{Script=Cyrillic}\p{Script=Greek}\p{Script=Arabic}\p{Script=Hebrew}\p{Script=Devanagari}\p{Script=Bengali}\p{Script=Tamil}\p{Script=Telugu}\p{Script=Thai}\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Hangul}\p{Script=Armenian}\p{Script=Georgian}\p{Script=Ethiopic}]/gu;
/** The share of letters of another script from which a text is not English; quotations and names are less. */
const SHARE_OF_SCRIPT = 0.5;
/** With so many words of its own, and none of English, a language needs no second opinion. */
const WORDS_ENOUGH = 4;

/** Two opinions that agree, or one that nothing contradicts; see detect-language.spec.ts for how often it is wrong. */
function surely(text: string, words: readonly string[]): string | undefined {
  const letters = text.match(/\p{L}/gu)?.length ?? 0;
  const foreign = text.match(OTHER_SCRIPT)?.length ?? 0;
  if (words.length < FEWEST_WORDS && foreign === 0) return undefined;
  const [best] = detectAll(text);
  if (letters > 0 && foreign / letters >= SHARE_OF_SCRIPT) return best !== undefined && best.lang !== 'en' ? best.lang : 'und';
  const counts = functionWords(words);
  const english = counts.get('en') ?? 0;
  const [first, second] = [...counts].filter(([language]) => language !== 'en').toSorted((a, b) => b[1] - a[1]);
  const other = first?.[1] ?? 0;
  if (english > other && best?.lang === 'en') return 'en';
  if (english >= 2 && english > 2 * other) return 'en';
  if (first === undefined || english > 0) return undefined;
  if (other >= WORDS_ENOUGH && other > (second?.[1] ?? 0)) return first[0];
  return other >= 2 && best !== undefined && best.lang !== 'en' && (counts.get(best.lang) ?? 0) === other ? best.lang : undefined;
}

function byFunctionWords(words: readonly string[]): string | undefined {
  const counts = functionWords(words);
  const [best, second] = [...counts].toSorted((a, b) => b[1] - a[1]);
  if (best === undefined || best[1] === second?.[1]) return undefined;
  const [language, count] = best;
  const enough = count > 1 || (language === 'en' && count / words.length >= SHARE_OF_ONE_WORD);
  // One shared little word is no reason to call an English headline foreign.
  return enough && (language === 'en' || count > (counts.get('en') ?? 0) + 1) ? language : undefined;
}

/** How many words of each language the text has. */
function functionWords(words: readonly string[]): Map<string, number> {
  const counts = new Map<string, number>();
  for (const word of words) {
    for (const language of LANGUAGES_OF.get(word) ?? []) counts.set(language, (counts.get(language) ?? 0) + 1);
  }
  return counts;
}

function byStatistics(text: string, words: number): string | undefined {
  const guesses = detectAll(text);
  const [best] = guesses;
  if (best === undefined || best.lang === 'en') return best?.lang;
  const english = guesses.find(({ lang }) => lang === 'en')?.accuracy ?? 0;
  const accented = /[^\p{ASCII}\p{P}\p{S}]/u.test(text);
  if (!accented && words < FEWEST_WORDS) return undefined;
  const { accuracy, lead } = accented ? SURE.accented : SURE.ascii;
  return best.accuracy >= accuracy && best.accuracy - english >= lead ? best.lang : undefined;
}
