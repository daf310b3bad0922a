import { DAY, wordsOf } from '@barometer/kernel';
import type { Article } from './article';
import { isSamePage, type ItemKeys, type ItemMarks } from './item-keys';
import { pageKey } from './page-key';
import type { ToldNothing } from './told-nothing';

/** The fields of a stored article that matching needs. `keys` identify it besides its id. */
export interface KnownArticle extends Pick<Article, 'id' | 'url' | 'title' | 'publishedAt' | 'sourceIds'> {
  readonly keys: readonly string[];
}

export type KnownArticles = ReadonlyMap<string, KnownArticle>;

/** Maximum number of keys of an article, so that a feed whose links change at every poll does not fill the store. */
export const MOST_KEYS = 16;
/** Keys reserved for pages, in case a feed changes the article's guid or headline at every poll. */
const KEPT_FOR_PAGES = 4;
/** Up to this share of common long words, two headlines count as unrelated: one common word in two headlines of usual length. */
const ALIKE = 0.1;

/** The stored article that an item is, if any, and the keys that may identify it from now on. */
export interface Match extends Pick<ItemKeys, 'guidKey' | 'pageKey' | 'fragmentKey' | 'isFragmentOfPage'> {
  readonly known?: KnownArticle;
}

/** The id of a new article, for an item that matched no stored one. */
export const newIdOf = ({ titleKey }: ItemKeys, { guidKey, pageKey: page }: Match): string => page ?? guidKey ?? titleKey;

/**
 * The keys that will identify an article. The key of title and day is always among those of a new article, but among those
 * of a known one only if guid or page is missing or ambiguous.
 */
export function keysToKeep({ titleKey }: ItemKeys, { known, guidKey, pageKey: page, fragmentKey }: Match): string[] {
  const hasRoom = known === undefined || known.keys.length < MOST_KEYS - KEPT_FOR_PAGES;
  const isTitleKept = known === undefined || page === undefined || guidKey === undefined;
  return [page, page === undefined ? undefined : fragmentKey, hasRoom ? guidKey : undefined, hasRoom && isTitleKept ? titleKey : undefined].filter(
    (key) => key !== undefined,
  );
}

/** Input of the matching. */
export interface MatchedWith {
  readonly found: KnownArticles;
  readonly sourceId: string;
  /** Records the guids and pages that turn out to be ambiguous. */
  readonly toldNothing: ToldNothing;
}

/**
 * Matches the items of a document with stored articles. Within a source, a known guid identifies the item even if its link
 * changes, unless the guid was reused for another item: if another item of the document has the page of that article, if
 * the item's page belongs to another article of the same source, or if link, title and day all differ.
 * If neither guid nor page is known, title and day decide for an item without a page of its own, and title and exact time
 * for an item with one.
 * @param keys the keys of all items, in the same order
 */
export function matchItems(items: readonly ItemMarks[], keys: readonly ItemKeys[], matchedWith: MatchedWith): Match[] {
  const pages = new Set(keys.flatMap(({ pageKey: page }) => page ?? []));
  const guids = new Set(keys.flatMap(({ guidKey }) => guidKey ?? []));
  const isElsewhere = (known: KnownArticle, own: ItemKeys) => [known.id, ...known.keys].some((key) => key !== own.pageKey && pages.has(key));
  const matched = (doubtsGuids: boolean) => items.map((item, index) => matchOf(item, keys[index] as ItemKeys, { ...matchedWith, isElsewhere, doubtsGuids }));
  const first = matched(false);
  // If at least two guids and a quarter of all are ambiguous, guids name positions in the document, so the others are doubted too.
  const useless = items.filter(({ guid }, index) => guid !== undefined && first[index]?.guidKey === undefined).length;
  const areUseless = useless >= 2 && useless * 4 >= guids.size;
  const matches = areUseless ? matched(true) : first;
  const claimed = new Set(matches.flatMap(({ known }) => known?.id ?? []));
  return matches.map((match, index) => {
    const [item, own] = [items[index] as ItemMarks, keys[index] as ItemKeys];
    if (match.known) return match;
    const byTitle = knownByTitle(item, own, match, matchedWith.found);
    if (!byTitle || claimed.has(byTitle.id) || isElsewhere(byTitle, own) || byTitle.keys.some((key) => key !== own.guidKey && guids.has(key))) return match;
    claimed.add(byTitle.id);
    return { ...match, known: byTitle };
  });
}

interface MatchedOne extends MatchedWith {
  readonly isElsewhere: (known: KnownArticle, own: ItemKeys) => boolean;
  readonly doubtsGuids: boolean;
}

function matchOf(item: ItemMarks, own: ItemKeys, { found, sourceId, toldNothing, isElsewhere, doubtsGuids }: MatchedOne): Match {
  const { guidKey, fragmentKey, isFragmentOfPage } = own;
  const ofPage =
    own.pageKey === undefined ? {} : { pageKey: own.pageKey, ...(fragmentKey !== undefined && { fragmentKey }), ...(isFragmentOfPage && { isFragmentOfPage }) };
  const ofGuid = guidKey === undefined ? {} : { guidKey };
  const [byGuid, byPage] = [guidKey === undefined ? undefined : found.get(guidKey), knownByPage(item, own, found)];
  if (byGuid && byGuid.id !== byPage?.id) {
    const isAnother = isElsewhere(byGuid, own) || Boolean(byPage?.sourceIds.includes(sourceId)) || isAnotherStory(item, byGuid, doubtsGuids);
    if (!isAnother) return { known: byGuid, ...ofGuid, ...(!byPage && ofPage) };
    if (guidKey !== undefined) toldNothing.share(guidKey);
    return { ...(byPage && { known: byPage }), ...ofPage };
  }
  if (byPage && !byGuid && own.pageKey !== undefined) {
    if (fragmentKey !== undefined && !found.has(fragmentKey) && isAnotherFragment(item, byPage, sourceId)) {
      toldNothing.split(own.pageKey);
      return { ...ofGuid, pageKey: fragmentKey, isFragmentOfPage: true };
    }
    if (isUnderSharedPage(item, own, byPage, sourceId)) {
      toldNothing.share(own.pageKey);
      return ofGuid;
    }
  }
  return { ...(byPage && { known: byPage }), ...ofGuid, ...ofPage };
}

/**
 * Finds an article by source, title and day, or by title and day plus an ambiguous guid or page, or plus an id of version
 * 0.1, whose articles have no title key. An item with a page of its own matches only an article with exactly the same time,
 * unless only a fragment distinguishes that page.
 */
function knownByTitle(
  item: ItemMarks,
  { titleKey, hints, earlierIds: earlier }: ItemKeys,
  { pageKey: page, isFragmentOfPage }: Match,
  found: KnownArticles,
): KnownArticle | undefined {
  const same = [...hints, ...earlier].map((id) => found.get(id)).find((known) => known?.title === item.title && isSameDay(item, known));
  const known = found.get(titleKey) ?? same;
  if (!known || page === undefined) return known;
  const isSameTime = known.title === item.title && item.publishedAt !== undefined && item.publishedAt === known.publishedAt;
  return isSameTime || (isFragmentOfPage && same) ? known : undefined;
}

/** Finds an article by page and fragment, then by the page, then by an id that version 0.1 made from the page. */
function knownByPage(
  item: ItemMarks,
  { pageKey: page, fragmentKey, isFragmentOfPage, earlierIds: earlier }: ItemKeys,
  found: KnownArticles,
): KnownArticle | undefined {
  if (page === undefined) return undefined;
  const known = found.get(fragmentKey ?? page) ?? found.get(page);
  if (known || isFragmentOfPage) return known;
  return earlier.map((id) => found.get(id)).find((one) => one !== undefined && one.url !== '' && pageKey(one.url) === pageKey(item.url));
}

/**
 * Whether a page is reused for one item after another, never two in one document: guid, time and the whole headline differ.
 * A feed that only changes its guids with every version keeps some of the words, or has the page in the guid.
 */
function isUnderSharedPage(item: ItemMarks, { guidKey }: ItemKeys, known: KnownArticle, sourceId: string): boolean {
  if (guidKey === undefined || known.keys.includes(guidKey) || !isKnownIn(sourceId, known)) return false;
  if (item.guid !== undefined && isSamePage(item.guid, item.url)) return false;
  return isOtherText(item, known) && item.publishedAt !== undefined && item.publishedAt !== known.publishedAt;
}

/** A new fragment with an unrelated headline and another time identifies another item, and does not only track readers. */
const isAnotherFragment = (item: ItemMarks, known: KnownArticle, sourceId: string): boolean =>
  isKnownIn(sourceId, known) && isOtherText(item, known) && item.publishedAt !== undefined && item.publishedAt !== known.publishedAt;

/** Whether a guid names a position in the feed, such as "top story", so that the item is another story than the article. */
function isAnotherStory(item: ItemMarks, known: KnownArticle, isDoubted: boolean): boolean {
  if (item.url === '' || known.url === '' || isSamePage(item.url, known.url)) return false;
  if (isDoubted) return item.title !== known.title;
  return isOtherText(item, known) && item.publishedAt !== undefined && Math.abs(item.publishedAt - known.publishedAt) >= DAY;
}

/** Articles of version 0.1 have no keys, so the guids under which a source listed them are unknown. */
const isKnownIn = (sourceId: string, known: KnownArticle): boolean => known.keys.length > 0 && known.sourceIds.includes(sourceId);
const isSameDay = (item: ItemMarks, known: KnownArticle): boolean =>
  item.publishedAt === undefined || Math.floor(item.publishedAt / DAY) === Math.floor(known.publishedAt / DAY);

/** Whether two titles have almost no words of four letters or more in common. */
function isOtherText({ title: one }: ItemMarks, { title: other }: KnownArticle): boolean {
  const [a, b] = [longWords(one), longWords(other)];
  const common = [...a].filter((word) => b.has(word)).length;
  return one !== other && common <= ALIKE * (a.size + b.size - common);
}

const longWords = (title: string): Set<string> =>
  new Set(
    wordsOf(title)
      .split(' ')
      .filter((word) => word.length >= 4),
  );
