/** `likely` is used if nothing is declared; `sure` may override the language that a feed declares. */
export type Sureness = 'likely' | 'sure';

/**
 * Detects the language of a text, as an ISO 639-1 code; `undefined` if it cannot be detected with this `sureness`.
 * The default of `sureness` is `likely`.
 */
export type DetectLanguage = (text: string, sureness?: Sureness) => string | undefined;

/** The only language that the model scores. */
export const SCORED_LANGUAGE = 'en';

const NO_LANGUAGE = new Set(['und', 'mul', 'zxx', 'mis']);

/** The two-letter code (three if a language has no shorter one) from a tag such as `en-GB`, `en_us` or `eng`; else `undefined`. */
export function languageCode(tag: string | undefined): string | undefined {
  try {
    const { language } = new Intl.Locale((tag ?? '').trim().replaceAll('_', '-'));
    return language.length > 3 || NO_LANGUAGE.has(language) ? undefined : language;
  } catch {
    return undefined;
  }
}
