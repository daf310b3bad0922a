import { checkedFields, type NewSource } from './new-source';

const OPTIONAL = ['name', 'homepage', 'language', 'field', 'intervalMinutes', 'userAgent'] as const satisfies readonly (keyof NewSource)[];

/** How lists say that they do not know a language. */
const NO_LANGUAGE = /^(?:unknown|und|mul)?$/i;

/**
 * An entry of a list without the optional fields that are wrong in it, since none of them is worth a feed, and a sentence
 * about each of those. What kind of source it is, its address says.
 */
export function usableFields({ kind: _kind, ...entry }: NewSource): { readonly usable: NewSource; readonly leftOut: readonly string[] } {
  const { language } = entry;
  const given: NewSource = { ...entry, language: language !== undefined && NO_LANGUAGE.test(language.trim()) ? undefined : language };
  const leftOut: string[] = [];
  const without: Partial<Record<(typeof OPTIONAL)[number], undefined>> = {};
  for (const field of OPTIONAL) {
    const checked = checkedFields({ [field]: given[field] });
    if (checked.ok) continue;
    without[field] = undefined;
    leftOut.push(`${checked.error.message.replace(/\.$/, '')}; "${String(given[field]).slice(0, 100)}" was left out.`);
  }
  return { usable: { ...given, ...without }, leftOut };
}
