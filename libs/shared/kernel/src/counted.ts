const english = new Intl.PluralRules('en');

/** The English singular or plural form for a number; without a plural of its own, an s is added. */
export const pluralOf = (count: number, one: string, other = `${one}s`): string => (english.select(count) === 'one' ? one : other);

/**
 * A number with its noun in the right form.
 *
 * @example
 * counted(1, 'source'); // 1 source
 * counted(0, 'line was', 'lines were'); // 0 lines were
 */
export const counted = (count: number, one: string, other?: string): string => `${count} ${pluralOf(count, one, other)}`;
