import { articleIdOf, DAY, wordsOf } from '@barometer/kernel';
import type { Article } from './article';
import { isSiteAddress, pageKey } from './page-key';

/** What an item of a feed is told apart by, as it stands there. */
export interface ItemMarks extends Pick<Article, 'url' | 'title'> {
  readonly guid?: string;
  /** What follows `#` in its link; the address itself has none. */
  readonly fragment?: string;
  readonly publishedAt?: number;
}

/** What an item of one document can be known by, the surest first. All are ids of 26 characters, in one space with the articles'. */
export interface ItemKeys {
  /** Of a new article: the page's where there is one of its own, so that two feeds that list it agree without asking. */
  readonly id: string;
  /** By its guid in its source; absent where the guid tells nothing. */
  readonly guidKey?: string;
  /** By its page; absent where it has none of its own. */
  readonly pageKey?: string;
  /** Its page is told from others by what follows `#`. */
  readonly isFragmentOfPage?: boolean;
  /** By source, title and UTC day. */
  readonly titleKey: string;
  /** Ids that version 0.1 would have given it. */
  readonly earlierIds: readonly string[];
}

/** A stored article as identity needs it. `keys` are what it is known by besides its id. */
export interface KnownArticle extends Pick<Article, 'id' | 'url' | 'title' | 'publishedAt' | 'sourceIds'> {
  readonly keys: readonly string[];
}

export type KnownArticles = ReadonlyMap<string, KnownArticle>;

/** Where the items stand. */
export interface ListedAt {
  readonly sourceId: string;
  /** Addresses that are no article's: of the feed itself and of the page that it belongs to. */
  readonly ownPages: readonly string[];
}

/** The most keys that an article keeps, so that a feed whose links change at every poll does not fill the store. */
export const MOST_KEYS = 16;

/**
 * What each item of a document can be known by. A guid counts where no other item of the document has it. A page counts
 * where it is no site's front page and not the feed's own, and where all items that link to it are one and the same; else a
 * fragment may tell them apart.
 */
export function itemKeys(items: readonly ItemMarks[], listedAt: ListedAt): ItemKeys[] {
  const own = new Set(listedAt.ownPages.map(pageKey));
  const guids = groupBy(items, (item) => (item.guid === undefined ? undefined : guidText(item.guid)));
  const pages = groupBy(items, (item) => (item.url === '' ? undefined : pageKey(item.url)));
  return items.map((item) => {
    const page = pageOf(item, own, pages);
    const guid = item.guid !== undefined && isOneItem(guids.get(guidText(item.guid)) ?? []) ? item.guid : undefined;
    const guidKey = guid === undefined ? undefined : keyOf('guid', listedAt.sourceId, guidText(guid));
    const titleKey = keyOf('title', listedAt.sourceId, item.title, item.publishedAt === undefined ? '' : String(Math.floor(item.publishedAt / DAY)));
    const ofPage = page === undefined ? undefined : articleIdOf(`https://${page}`);
    return {
      id: ofPage ?? guidKey ?? titleKey, titleKey, earlierIds: earlierIds(item, listedAt.sourceId),
      ...(guidKey !== undefined && { guidKey }), ...(ofPage !== undefined && { pageKey: ofPage }), ...(page?.includes('#') && { isFragmentOfPage: true }),
    };
  });
}

/** Every key under which an item may be stored. */
export const lookupsOf = ({ guidKey, pageKey: page, titleKey, earlierIds: earlier }: ItemKeys): string[] =>
  [...new Set([ ...(guidKey === undefined ? [] : [guidKey]), ...(page === undefined ? [] : [page]), titleKey, ...earlier])];

/** Which stored article an item is, or none; and by which of its keys it may be known from now on. */
export interface Match {
  readonly known?: KnownArticle;
  readonly trustsGuid: boolean;
  readonly trustsPage: boolean;
}

/** The id of a new article that was matched with none. */
export const newIdOf = ({ guidKey, pageKey: page, titleKey }: ItemKeys, { trustsGuid, trustsPage }: Match): string =>
  (trustsPage ? page : undefined) ?? (trustsGuid ? guidKey : undefined) ?? titleKey;

/** What an article is to be known by. The title stands in where guid or page is missing, or turns out to tell nothing. */
export function keysToKeep({ guidKey, pageKey: page, titleKey }: ItemKeys, { trustsGuid, trustsPage }: Match): string[] {
  const [ofGuid, ofPage] = [trustsGuid ? guidKey : undefined, trustsPage ? page : undefined];
  return [...(ofPage === undefined ? [] : [ofPage]), ...(ofGuid === undefined ? [] : [ofGuid]), ...(ofPage !== undefined && ofGuid !== undefined ? [] : [titleKey])];
}

/**
 * Matches the items of a document with what is stored. Within a source a guid that its feed keeps is the item, whatever
 * its link does; not where the guid is seen to wander: where another item of the document has that article's page, where
 * the item's own page is another article of the same source, or where link, title and day all say that it is another.
 * Where neither guid nor page is known, the title on its day decides, if the item has no page of its own.
 * @param keys of all items of the document, in their order
 */
export function matchItems(items: readonly ItemMarks[], keys: readonly ItemKeys[], found: KnownArticles, sourceId: string): Match[] {
  const pages = new Set(keys.flatMap(({ pageKey: page }) => page ?? []));
  const isHeldByAnother = (known: KnownArticle, own: ItemKeys) => [known.id, ...known.keys].some((key) => key !== own.pageKey && pages.has(key));
  const claimed = new Set<string>();
  const matches = items.map((item, index): Match => {
    const own = keys[index] as ItemKeys;
    const [byGuid, byPage] = [own.guidKey === undefined ? undefined : found.get(own.guidKey), knownByPage(item, own, found)];
    if (byGuid && byGuid.id !== byPage?.id) {
      const isAnother = isHeldByAnother(byGuid, own) || Boolean(byPage?.sourceIds.includes(sourceId)) || isAnotherStory(item, byGuid);
      if (!isAnother) return { known: byGuid, trustsGuid: true, trustsPage: byPage === undefined };
      return { ...(byPage && { known: byPage }), trustsGuid: false, trustsPage: true };
    }
    if (byPage && byPage.id !== byGuid?.id && isUnderSharedPage(item, own, byPage, sourceId)) return { trustsGuid: true, trustsPage: false };
    return { ...(byPage && { known: byPage }), trustsGuid: true, trustsPage: true };
  });
  for (const { known } of matches) if (known) claimed.add(known.id);
  return matches.map((match, index) => {
    const [item, own] = [items[index] as ItemMarks, keys[index] as ItemKeys];
    if (match.known || (own.pageKey !== undefined && match.trustsPage)) return match;
    const byTitle = knownByTitle(item, own, found);
    if (!byTitle || claimed.has(byTitle.id) || isHeldByAnother(byTitle, own)) return match;
    claimed.add(byTitle.id);
    return { ...match, known: byTitle };
  });
}

/** By source, title and day; what version 0.1 stored is not known by its title yet. */
const knownByTitle = (item: ItemMarks, { titleKey, earlierIds: earlier }: ItemKeys, found: KnownArticles): KnownArticle | undefined =>
  found.get(titleKey) ?? earlier.map((id) => found.get(id)).find((known) => known?.title === item.title && isSameDay(item, known));

/** By the page, or by an id of version 0.1 that was made of the page. */
function knownByPage(item: ItemMarks, { pageKey: page, earlierIds: earlier }: ItemKeys, found: KnownArticles): KnownArticle | undefined {
  if (page === undefined) return undefined;
  const known = found.get(page);
  if (known) return known;
  return earlier.map((id) => found.get(id)).find((one) => one !== undefined && one.url !== '' && pageKey(one.url) === pageKey(item.url));
}

/**
 * A page that serves one item after the other, never two in one document: the guid is another one, and so is the whole
 * headline, at another time. A feed that changes its guids with every version keeps some of the words, or writes the page
 * into the guid.
 */
function isUnderSharedPage(item: ItemMarks, { guidKey }: ItemKeys, known: KnownArticle, sourceId: string): boolean {
  if (guidKey === undefined || known.keys.length === 0 || known.keys.includes(guidKey) || !known.sourceIds.includes(sourceId)) return false;
  if (item.guid !== undefined && isSamePage(item.guid, item.url)) return false;
  return likeness(item.title, known.title) === 0 && item.publishedAt !== undefined && item.publishedAt !== known.publishedAt;
}

/** A guid that names a place in the feed, such as "top story", and not what stands there. */
const isAnotherStory = (item: ItemMarks, known: KnownArticle): boolean =>
  likeness(item.title, known.title) === 0 && item.publishedAt !== undefined && Math.abs(item.publishedAt - known.publishedAt) >= DAY && !isSamePage(item.url, known.url);

/** Whether two texts are addresses of the same page. */
export function isSamePage(one: string, other: string): boolean {
  const [a, b] = [pageOfText(one), pageOfText(other)];
  return a !== undefined && a === b;
}

const pageOfText = (text: string): string | undefined => (/^https?:/i.test(text) && URL.canParse(text) ? pageKey(text).replace(/#.*$/, '') : undefined);
const isSameDay = (item: ItemMarks, known: KnownArticle): boolean => item.publishedAt === undefined || Math.floor(item.publishedAt / DAY) === Math.floor(known.publishedAt / DAY);

/** The share of words of four letters or more that two titles have in common, 0 to 1. */
function likeness(one: string, other: string): number {
  const [a, b] = [longWords(one), longWords(other)];
  const common = [...a].filter((word) => b.has(word)).length;
  return common === 0 ? 0 : common / (a.size + b.size - common);
}

const longWords = (title: string): Set<string> => new Set(wordsOf(title).split(' ').filter((word) => word.length >= 4));

function pageOf(item: ItemMarks, own: ReadonlySet<string>, pages: ReadonlyMap<string, readonly ItemMarks[]>): string | undefined {
  if (item.url === '' || isSiteAddress(item.url)) return undefined;
  const page = pageKey(item.url);
  const group = pages.get(page) ?? [];
  if (!own.has(page) && isOneItem(group)) return page;
  if (item.fragment === undefined || !isOneItem(group.filter(({ fragment }) => fragment === item.fragment))) return undefined;
  return new Set(group.map(({ fragment }) => fragment)).size > 1 ? `${page}#${item.fragment}` : undefined;
}

/** Whether all of these are one item that the document lists several times: the same title, or the same guid and day. */
function isOneItem(group: readonly ItemMarks[]): boolean {
  const [first, ...others] = group;
  return first !== undefined && others.every((other) => other.title === first.title && (other.publishedAt === first.publishedAt || (other.guid !== undefined && other.guid === first.guid)));
}

/** As version 0.1 named it: by its address, else its guid, else source and title. The scheme may have changed since. */
function earlierIds({ url, guid, title }: ItemMarks, sourceId: string): string[] {
  if (url !== '') return [...new Set([url, url.replace(/^https?:/, 'http:'), url.replace(/^https?:/, 'https:')])].map(articleIdOf);
  return [...(guid === undefined ? [] : [articleIdOf(guid)]), articleIdOf(`${sourceId}\n${title}`)];
}

/** A guid that is an address stays the same when its site moves to https. */
const guidText = (guid: string): string => (/^https?:/i.test(guid) && URL.canParse(guid) ? pageKey(guid) : guid);

const keyOf = (kind: string, ...parts: readonly string[]): string => articleIdOf([kind, ...parts].join('\n'));

function groupBy(items: readonly ItemMarks[], key: (item: ItemMarks) => string | undefined): Map<string, ItemMarks[]> {
  const groups = new Map<string, ItemMarks[]>();
  for (const item of items) {
    const name = key(item);
    if (name === undefined) continue;
    const group = groups.get(name);
    if (group) group.push(item);
    else groups.set(name, [item]);
  }
  return groups;
}
