import { err, ok, type Result } from '@barometer/kernel';

/** The filters of each list that is offered as a feed; `mood` is the card and the badge for other pages. */
const FILTERS: ReadonlyMap<string, readonly string[]> = new Map([
  ['articles', ['topic', 'source', 'group', 'label', 'tone', 'q']],
  ['stories', ['topic', 'source', 'group']],
  ['mood', ['topic', 'source', 'group', 'period']],
]);
const LABELS: readonly string[] = ['negative', 'neutral', 'positive'];
const NO_FILTERS = new Set(['key', 'limit', 'theme']);
const SPAN = /^[1-9]\d{0,3}[hd]$/;
const ADDRESS = /\/feeds\/(?:(articles|stories)\.(?:atom|json)|(mood)\.(?:svg|html))$/;

/** The name of a feed: its list and its filters, without empty ones: `articles?label=positive&tone=0.5`. */
export function feedName(list: string, filters: Iterable<readonly [string, string]>): string {
  const given = [...filters].filter(([name, value]) => !NO_FILTERS.has(name) && value !== '');
  const named = new URLSearchParams(given.map(([name, value]): [string, string] => [name, name === 'tone' ? String(Number(value)) : value]));
  named.sort();
  const query = named.toString();
  return query === '' ? list : `${list}?${query}`;
}

/**
 * The name of the feed at an address: the same for either format and any order of the filters, without the key and the
 * number of entries; `undefined` if there is no feed.
 */
export function feedOf(address: string): string | undefined {
  const { pathname, searchParams } = new URL(address, 'http://barometer.invalid');
  const list = listAt(pathname);
  return list !== undefined ? feedName(list, searchParams) : undefined;
}

function listAt(path: string): string | undefined {
  const [, list, mood] = ADDRESS.exec(path) ?? [];
  return list ?? mood;
}

/** The name of a feed, from its name or its address as a person enters it; or one sentence about what is wrong. */
export function readFeedName(given: string): Result<string, { readonly message: string }> {
  const [path = '', query = ''] = given.trim().split('?', 2);
  const list = listAt(path) ?? path;
  const allowed = FILTERS.get(list);
  if (!allowed)
    return err({ message: `"${list}" is not a list that is offered as a feed: give ${[...FILTERS.keys()].join(' or ')}, such as articles?label=positive` });
  const filters = [...new URLSearchParams(query)].filter(([name]) => !NO_FILTERS.has(name));
  for (const [index, [name, value]] of filters.entries()) {
    if (!allowed.includes(name)) return err({ message: `the feed of ${list} cannot be filtered by "${name}", only by ${allowed.join(', ')}` });
    if (filters.findIndex(([other]) => other === name) !== index) return err({ message: `"${name}" is given twice` });
    if (name === 'label' && !LABELS.includes(value)) return err({ message: `"${value}" is not a label: give ${LABELS.join(', ')}` });
    if (name === 'tone' && !(value.trim() !== '' && Math.abs(Number(value)) <= 1))
      return err({ message: `"${value}" is not a tone: give a number from -1 to 1` });
    if (name === 'period' && !SPAN.test(value)) return err({ message: `"${value}" is not a period: give hours or days, such as 24h or 7d` });
  }
  return ok(feedName(list, filters));
}
