import { err, ok, type Result } from '@barometer/kernel';

/** What each list that is offered as a feed can be filtered by. */
const FILTERS: ReadonlyMap<string, readonly string[]> = new Map([['articles', ['topic', 'source', 'label', 'tone', 'q']], ['stories', ['topic', 'source']]]);
const LABELS: readonly string[] = ['negative', 'neutral', 'positive'];
const NO_FILTERS = new Set(['key', 'limit']);
const ADDRESS = /\/feeds\/([a-z]+)\.(?:atom|json)$/;

/** The name of a feed by its list and its filters, of which empty ones are none: `articles?label=positive&tone=0.5`. */
export function feedName(list: string, filters: Iterable<readonly [string, string]>): string {
  const given = [...filters].filter(([name, value]) => !NO_FILTERS.has(name) && value !== '');
  const named = new URLSearchParams(given.map(([name, value]): [string, string] => [name, name === 'tone' ? String(Number(value)) : value]));
  named.sort();
  const query = named.toString();
  return query === '' ? list : `${list}?${query}`;
}

/**
 * The name of the feed at an address, the same for either format and any order of its filters, without the key and the
 * number of entries; `undefined` where there is none.
 */
export function feedOf(address: string): string | undefined {
  const { pathname, searchParams } = new URL(address, 'http://barometer.invalid');
  const list = ADDRESS.exec(pathname)?.[1];
  return list !== undefined && FILTERS.has(list) ? feedName(list, searchParams) : undefined;
}

/** The name of a feed as a person gives it, by its name or its address; or one sentence that says what is wrong. */
export function readFeedName(given: string): Result<string, { readonly message: string }> {
  const [path = '', query = ''] = given.trim().split('?', 2);
  const list = ADDRESS.exec(path)?.[1] ?? path;
  const allowed = FILTERS.get(list);
  if (!allowed) return err({ message: `"${list}" is not a list that is offered as a feed: give ${[...FILTERS.keys()].join(' or ')}, such as articles?label=positive` });
  const filters = [...new URLSearchParams(query)].filter(([name]) => !NO_FILTERS.has(name));
  for (const [index, [name, value]] of filters.entries()) {
    if (!allowed.includes(name)) return err({ message: `the feed of ${list} cannot be filtered by "${name}", only by ${allowed.join(', ')}` });
    if (filters.findIndex(([other]) => other === name) !== index) return err({ message: `"${name}" is given twice` });
    if (name === 'label' && !LABELS.includes(value)) return err({ message: `"${value}" is not a label: give ${LABELS.join(', ')}` });
    if (name === 'tone' && !(value.trim() !== '' && Math.abs(Number(value)) <= 1)) return err({ message: `"${value}" is not a tone: give a number from -1 to 1` });
  }
  return ok(feedName(list, filters));
}
