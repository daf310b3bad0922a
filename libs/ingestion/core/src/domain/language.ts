/** `likely` is better than nothing; `sure` may contradict what a feed declares of its language. */
export type Sureness = 'likely' | 'sure';

/**
 * Names the language of a text by its ISO 639-1 code; `undefined` when the text does not tell, or not surely enough.
 * `sureness` is `likely` where it is not given.
 */
export type DetectLanguage = (text: string, sureness?: Sureness) => string | undefined;

/** The only language that the model scores. */
export const SCORED_LANGUAGE = 'en';

const NO_LANGUAGE = new Set(['und', 'mul', 'zxx', 'mis']);

/** The two-letter code (or three, where a language has no shorter one) in a tag such as `en-GB`, `en_us` or `eng`. */
export function languageCode(tag: string | undefined): string | undefined {
  try {
    const { language } = new Intl.Locale((tag ?? '').trim().replaceAll('_', '-'));
    return language.length > 3 || NO_LANGUAGE.has(language) ? undefined : language;
  } catch {
    return undefined;
  }
}
