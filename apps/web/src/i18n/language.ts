import { en } from './en';
import type { Catalogue } from './messages';

/** The languages of the page, each by its own name. A new one is a file beside `de.ts` and a line here and below. */
export const languages = { en: 'English', de: 'Deutsch' } as const;
export type Language = keyof typeof languages;

const catalogues: Readonly<Record<Language, () => Promise<Catalogue>>> = {
  en: async () => en,
  de: async () => (await import('./de')).de,
};

const KEY = 'barometer.language';

interface Spoken {
  readonly language: Language;
  /** The regional form of the language that the reader has, such as `de-AT`, for dates and numbers. */
  readonly locale: string | undefined;
  readonly catalogue: Catalogue;
}

/** English in the regional form of the process or browser, until `speak` is called. */
let spoken: Spoken = { language: 'en', locale: undefined, catalogue: en };
const listeners = new Set<() => void>();

export const catalogue = (): Catalogue => spoken.catalogue;
export const language = (): Language => spoken.language;

/** Makes something for the reader's locale once, and again when the locale changes. */
export function perLocale<T>(make: (locale: string | undefined) => T): () => T {
  let made: { readonly locale: string | undefined; readonly value: T } | undefined;
  return () => {
    if (!made || made.locale !== spoken.locale) made = { locale: spoken.locale, value: make(spoken.locale) };
    return made.value;
  };
}

const isLanguage = (name: string | null | undefined): name is Language => name != null && Object.hasOwn(languages, name);
const baseOf = (locale: string): string => locale.split('-')[0]?.toLowerCase() ?? '';

/** The first of the reader's languages that the page has, else English. */
export const preferred = (wanted: readonly string[]): Language => wanted.map(baseOf).find(isLanguage) ?? 'en';

/** The reader's regional form of a language: the first wanted locale of that language. */
export const localeOf = (language: Language, wanted: readonly string[]): string => wanted.find((locale) => baseOf(locale) === language) ?? language;

/** The language that the reader chose on this page, if any. */
function chosen(): Language | undefined {
  try {
    const name = localStorage.getItem(KEY);
    return isLanguage(name) ? name : undefined;
  } catch {
    return undefined;
  }
}

/** Switches the language and calls the followers. The default is what the reader chose here, else what the browser prefers. */
export async function speak(language: Language = chosen() ?? preferred(navigator.languages)): Promise<void> {
  spoken = { language, locale: localeOf(language, navigator.languages), catalogue: await catalogues[language]() };
  document.documentElement.lang = language;
  document.title = spoken.catalogue['page.title'];
  document.querySelector('meta[name="description"]')?.setAttribute('content', spoken.catalogue['page.description']);
  for (const listener of listeners) listener();
}

/** Switches the language and stores that in this browser. It is not part of a link: its recipients read in their own language. */
export async function choose(language: Language): Promise<void> {
  await speak(language);
  try {
    localStorage.setItem(KEY, language);
  } catch {
    // If the page may not use storage, the choice lasts until the page is left.
  }
}

/** Calls a listener whenever the language changes, until the returned function is called. */
export function followLanguage(listener: () => void): () => void {
  listeners.add(listener);
  return () => listeners.delete(listener);
}
