import { detectAll } from 'tinyld/light';
import type { Sureness } from '@barometer/ingestion';
import { ENGLISH_WORDS, FUNCTION_WORDS } from './function-words';

const LANGUAGES_OF = new Map<string, string[]>();
for (const [language, words] of Object.entries(FUNCTION_WORDS)) {
  for (const word of new Set(words)) LANGUAGES_OF.set(word, [...(LANGUAGES_OF.get(word) ?? []), language]);
}

const ENGLISH: ReadonlySet<string> = new Set(ENGLISH_WORDS);
/** A text with this share of exclusively English words is not called foreign because of its letters. */
const ENGLISH_SHARE = 0.1;

/** Longer texts give no better result. */
const MOST_CHARACTERS = 1_000;
/** A single function word decides only if it makes up this share of the words. */
const SHARE_OF_ONE_WORD = 0.2;
/** Fewer words in plain letters are more often names than a language. */
const FEWEST_WORDS = 3;
/**
 * What the statistics must reach before a text counts as not English, and their lead over English. Measured on 64,457
 * English headlines and 181 of other languages; see detect-language.spec.ts. Letters outside ASCII make another language likelier.
 */
const SURE = { ascii: { accuracy: 0.08, lead: 0.06 }, accented: { accuracy: 0.03, lead: 0.01 } };

/**
 * The language of a short text as an ISO 639-1 code; `undefined` when unsure. Favours English, whose headlines are full
 * of foreign names: a refused English text is lost, whereas an accepted foreign one is only odd. A result of the
 * sureness `sure` may contradict what a feed declares.
 */
export function detectLanguage(text: string, sureness: Sureness = 'likely'): string | undefined {
  const head = text.slice(0, MOST_CHARACTERS);
  const words = head.toLowerCase().match(/\p{L}+/gu) ?? [];
  if (sureness === 'sure') return surely(head, words);
  return byScript(head) ?? byFunctionWords(words) ?? byStatistics(head, words);
}

/** Scripts that are never used for English. */
const OTHER_SCRIPT =
  /[\p{Script=Cyrillic}\p{Script=Greek}\p{Script=Arabic}\p{Script=Hebrew}\p{Script=Devanagari}\p{Script=Bengali}\p{Script=Tamil}\p{Script=Telugu}\p{Script=Thai}\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Hangul}\p{Script=Armenian}\p{Script=Georgian}\p{Script=Ethiopic}]/gu;
/** From this share of letters in another script, a text is not English; quotations and names stay below it. */
const SHARE_OF_SCRIPT = 0.5;
/** With so many of its own words, and none of English, a language needs no second opinion. */
const WORDS_ENOUGH = 4;

function byScript(text: string): string | undefined {
  const letters = text.match(/\p{L}/gu)?.length ?? 0;
  if (letters === 0 || (text.match(OTHER_SCRIPT)?.length ?? 0) / letters < SHARE_OF_SCRIPT) return undefined;
  const [best] = detectAll(text);
  return best !== undefined && best.lang !== 'en' ? best.lang : 'und';
}

/** Requires two results that agree, or one that nothing contradicts; see detect-language.spec.ts for the error rates. */
function surely(text: string, words: readonly string[]): string | undefined {
  const written = byScript(text);
  if (written !== undefined || words.length < FEWEST_WORDS) return written;
  const [best] = detectAll(text);
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
  // One shared short word is not enough to call an English headline foreign.
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

function byStatistics(text: string, words: readonly string[]): string | undefined {
  // There, bars and curly quotation marks count as letters of Hindi and Dutch.
  const guesses = detectAll(text.replace(/[^\p{L}\p{M}']+/gu, ' '));
  const [best] = guesses;
  if (best === undefined || best.lang === 'en') return best?.lang;
  // Letters of names, firms and abbreviations mislead the statistics more often than English words occur in a foreign headline.
  if (words.filter((word) => ENGLISH.has(word)).length >= ENGLISH_SHARE * words.length) return undefined;
  const english = guesses.find(({ lang }) => lang === 'en')?.accuracy ?? 0;
  const accented = /[^\p{ASCII}\p{P}\p{S}]/u.test(text);
  if (!accented && words.length < FEWEST_WORDS) return undefined;
  const { accuracy, lead } = accented ? SURE.accented : SURE.ascii;
  return best.accuracy >= accuracy && best.accuracy - english >= lead ? best.lang : undefined;
}
