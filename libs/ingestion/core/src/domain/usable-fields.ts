import { checkedFields, type NewSource } from './new-source';

const OPTIONAL = ['name', 'homepage', 'language', 'groups', 'intervalMinutes', 'userAgent'] as const satisfies readonly (keyof NewSource)[];

/** Values that lists use for an unknown language. */
const NO_LANGUAGE = /^(?:unknown|und|mul)?$/i;

/**
 * An entry of a list without its invalid optional fields, since a feed should not be lost because of one, and a sentence
 * about each of them. The kind is removed too: it follows from the address.
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
