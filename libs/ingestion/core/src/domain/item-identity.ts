import { DAY, wordsOf } from '@barometer/kernel';
import type { Article } from './article';
import { isSamePage, type ItemKeys, type ItemMarks } from './item-keys';
import { pageKey } from './page-key';
import type { ToldNothing } from './told-nothing';

/** A stored article as identity needs it. `keys` are what it is known by besides its id. */
export interface KnownArticle extends Pick<Article, 'id' | 'url' | 'title' | 'publishedAt' | 'sourceIds'> {
  readonly keys: readonly string[];
}

export type KnownArticles = ReadonlyMap<string, KnownArticle>;

/** The most keys that an article keeps, so that a feed whose links change at every poll does not fill the store. */
export const MOST_KEYS = 16;
/** Of these, what is left to pages where a feed has a new guid or headline for the article at every poll. */
const KEPT_FOR_PAGES = 4;
/** The share of long words below which two headlines have nothing in common: one such word in two headlines of usual length. */
const ALIKE = 0.1;

/** Which stored article an item is, or none; and by which of its keys it may be known from now on. */
export interface Match extends Pick<ItemKeys, 'guidKey' | 'pageKey' | 'fragmentKey' | 'isFragmentOfPage'> {
  readonly known?: KnownArticle;
}

/** The id of a new article that was matched with none. */
export const newIdOf = ({ titleKey }: ItemKeys, { guidKey, pageKey: page }: Match): string => page ?? guidKey ?? titleKey;

/**
 * What an article is to be known by. Of a new one that is also its title and day; of a known one only where guid or page is
 * missing or turns out to tell nothing.
 */
export function keysToKeep({ titleKey }: ItemKeys, { known, guidKey, pageKey: page, fragmentKey }: Match): string[] {
  const hasRoom = known === undefined || known.keys.length < MOST_KEYS - KEPT_FOR_PAGES;
  const isTitleKept = known === undefined || page === undefined || guidKey === undefined;
  return [page, page === undefined ? undefined : fragmentKey, hasRoom ? guidKey : undefined, hasRoom && isTitleKept ? titleKey : undefined].filter((key) => key !== undefined);
}

/** What items are matched with. */
export interface MatchedWith {
  readonly found: KnownArticles;
  readonly sourceId: string;
  /** Learns which guids and pages are seen to tell nothing. */
  readonly toldNothing: ToldNothing;
}

/**
 * Matches the items of a document with what is stored. Within a source a guid that its feed keeps is the item, whatever
 * its link does; not where the guid is seen to wander: where another item of the document has that article's page, where
 * the item's own page is another article of the same source, or where link, title and day all say that it is another.
 * Where neither guid nor page is known, title and day decide if the item has no page of its own, and title and exact time
 * if it has one.
 * @param keys of all items of the document, in their order
 */
export function matchItems(items: readonly ItemMarks[], keys: readonly ItemKeys[], matchedWith: MatchedWith): Match[] {
  const pages = new Set(keys.flatMap(({ pageKey: page }) => page ?? []));
  const guids = new Set(keys.flatMap(({ guidKey }) => guidKey ?? []));
  const isElsewhere = (known: KnownArticle, own: ItemKeys) => [known.id, ...known.keys].some((key) => key !== own.pageKey && pages.has(key));
  const matched = (doubtsGuids: boolean) => items.map((item, index) => matchOf(item, keys[index] as ItemKeys, { ...matchedWith, isElsewhere, doubtsGuids }));
  const first = matched(false);
  // Where several guids of a document and a good part of them tell nothing, they are names of places in it: the others are doubted too.
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
  const ofPage = own.pageKey === undefined ? {} : { pageKey: own.pageKey, ...(fragmentKey !== undefined && { fragmentKey }), ...(isFragmentOfPage && { isFragmentOfPage }) };
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
 * By source, title and day, or by title and day and a guid or page that tells nothing by itself; what version 0.1 stored
 * is not known by its title yet. An item with a page of its own is only one of the same time to the millisecond.
 */
function knownByTitle(item: ItemMarks, { titleKey, hints, earlierIds: earlier }: ItemKeys, { pageKey: page, isFragmentOfPage }: Match, found: KnownArticles): KnownArticle | undefined {
  const same = [...hints, ...earlier].map((id) => found.get(id)).find((known) => known?.title === item.title && isSameDay(item, known));
  const known = found.get(titleKey) ?? same;
  if (!known || page === undefined) return known;
  const isSameTime = known.title === item.title && item.publishedAt !== undefined && item.publishedAt === known.publishedAt;
  return isSameTime || (isFragmentOfPage && same) ? known : undefined;
}

/** By the page, the fragment first, or by an id of version 0.1 that was made of the page. */
function knownByPage(item: ItemMarks, { pageKey: page, fragmentKey, isFragmentOfPage, earlierIds: earlier }: ItemKeys, found: KnownArticles): KnownArticle | undefined {
  if (page === undefined) return undefined;
  const known = found.get(fragmentKey ?? page) ?? found.get(page);
  if (known || isFragmentOfPage) return known;
  return earlier.map((id) => found.get(id)).find((one) => one !== undefined && one.url !== '' && pageKey(one.url) === pageKey(item.url));
}

/**
 * A page that serves one item after the other, never two in one document: the guid is another one, and so is the whole
 * headline, at another time. A feed that changes its guids with every version keeps some of the words, or writes the page
 * into the guid.
 */
function isUnderSharedPage(item: ItemMarks, { guidKey }: ItemKeys, known: KnownArticle, sourceId: string): boolean {
  if (guidKey === undefined || known.keys.includes(guidKey) || !isKnownIn(sourceId, known)) return false;
  if (item.guid !== undefined && isSamePage(item.guid, item.url)) return false;
  return isOtherText(item, known) && item.publishedAt !== undefined && item.publishedAt !== known.publishedAt;
}

/** A fragment that was not seen before, under another headline at another time, is more than a mark of where readers came from. */
const isAnotherFragment = (item: ItemMarks, known: KnownArticle, sourceId: string): boolean =>
  isKnownIn(sourceId, known) && isOtherText(item, known) && item.publishedAt !== undefined && item.publishedAt !== known.publishedAt;

/** A guid that names a place in the feed, such as "top story", and not what stands there. */
function isAnotherStory(item: ItemMarks, known: KnownArticle, isDoubted: boolean): boolean {
  if (item.url === '' || known.url === '' || isSamePage(item.url, known.url)) return false;
  if (isDoubted) return item.title !== known.title;
  return isOtherText(item, known) && item.publishedAt !== undefined && Math.abs(item.publishedAt - known.publishedAt) >= DAY;
}

/** What version 0.1 stored has no keys: of that it is not known by which guid the source listed it. */
const isKnownIn = (sourceId: string, known: KnownArticle): boolean => known.keys.length > 0 && known.sourceIds.includes(sourceId);
const isSameDay = (item: ItemMarks, known: KnownArticle): boolean => item.publishedAt === undefined || Math.floor(item.publishedAt / DAY) === Math.floor(known.publishedAt / DAY);

/** Whether two titles have next to none of their words of four letters or more in common. */
function isOtherText({ title: one }: ItemMarks, { title: other }: KnownArticle): boolean {
  const [a, b] = [longWords(one), longWords(other)];
  const common = [...a].filter((word) => b.has(word)).length;
  return one !== other && common <= ALIKE * (a.size + b.size - common);
}

const longWords = (title: string): Set<string> => new Set(wordsOf(title).split(' ').filter((word) => word.length >= 4));
