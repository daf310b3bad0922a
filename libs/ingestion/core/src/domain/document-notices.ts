import type { FeedDocument } from '../ports/feed-reader.port';
import type { ListedItem } from './listed-item';

/** Fewer items are too few for a notice. */
const LEAST_ITEMS = 5;
/** From this share of items in other languages on, nearly nothing of a source can be scored. */
const NEARLY_ALL = 0.9;

/** Notices for a reader about a document that was read: what was left out, and that nearly nothing in it can be scored. */
export function documentNotices(items: readonly Pick<ListedItem, 'skip' | 'language'>[], feed: Pick<FeedDocument, 'leftOut'>): string[] {
  return [feed.leftOut, languageNotice(items)].filter((notice) => notice !== undefined);
}

function languageNotice(items: readonly Pick<ListedItem, 'skip' | 'language'>[]): string | undefined {
  const other = items.filter(({ skip }) => skip === 'language');
  if (items.length < LEAST_ITEMS || other.length / items.length < NEARLY_ALL) return undefined;
  const counts = new Map<string, number>();
  for (const { language = 'und' } of other) counts.set(language, (counts.get(language) ?? 0) + 1);
  const [main = 'und'] = [...counts].toSorted((a, b) => b[1] - a[1])[0] ?? [];
  return `${other.length} of its ${items.length} items are not in English${main === 'und' ? '' : ` (most: ${nameOf(main)})`}, so they are listed without a score.`;
}

function nameOf(code: string): string {
  try {
    return new Intl.DisplayNames('en', { type: 'language', fallback: 'code' }).of(code) ?? code;
  } catch {
    return code;
  }
}
