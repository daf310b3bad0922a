import { articleIdOf, DAY } from '@barometer/kernel';
import type { Article } from './article';
import { isSiteAddress, pageKey } from './page-key';
import type { ToldNothing } from './told-nothing';

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
  /** Its page is told from others by what follows `#`, and `pageKey` is of both. */
  readonly isFragmentOfPage?: boolean;
  /** Of page and fragment, where the page alone is enough as far as is known. */
  readonly fragmentKey?: string;
  /** By source, title and UTC day. */
  readonly titleKey: string;
  /** Keys of its guid and page that tell nothing by themselves; an article that has one, and title and day, is the item. */
  readonly hints: readonly string[];
  /** Ids that version 0.1 would have given it. */
  readonly earlierIds: readonly string[];
}

/** Where the items stand. */
export interface ListedAt {
  readonly sourceId: string;
  /** Addresses that are no article's: of the feed itself and of the page that it belongs to. */
  readonly ownPages: readonly string[];
  /** What earlier documents have shown; learns what this one shows. */
  readonly toldNothing: ToldNothing;
}

/**
 * What each item of a document can be known by. A guid counts where no other item has it, in this document and those
 * before. A page counts where it is no site's front page and not the feed's own, and where all items that link to it, now
 * and before, are one and the same; else a fragment may tell them apart.
 */
export function itemKeys(items: readonly ItemMarks[], listedAt: ListedAt): ItemKeys[] {
  const named = items.map((item) => ({ item, ...namesOf(item, listedAt.sourceId) }));
  learnShared(named, listedAt.toldNothing);
  const own = new Set(listedAt.ownPages.map((address) => pageId(pageKey(address))));
  return named.map((one) => keysOf(one, own, listedAt));
}

/** Every key under which an item may be stored. */
export const lookupsOf = ({ guidKey, pageKey: page, fragmentKey, titleKey, hints, earlierIds: earlier }: ItemKeys): string[] =>
  [...new Set([guidKey, page, fragmentKey, titleKey, ...hints, ...earlier].filter((key) => key !== undefined))];

/** Whether two texts are addresses of the same page. */
export function isSamePage(one: string, other: string): boolean {
  const [a, b] = [pageOfText(one), pageOfText(other)];
  return a !== undefined && a === b;
}

/** An item with the keys of its guid, its page, and its page and fragment, whether or not these tell anything. */
interface Named {
  readonly item: ItemMarks;
  readonly guid?: string;
  readonly page?: string;
  /** The page where it has no fragment. */
  readonly place?: string;
}

function namesOf({ url, fragment, guid }: ItemMarks, sourceId: string): Omit<Named, 'item'> {
  const text = url === '' ? undefined : pageKey(url);
  return {
    ...(guid !== undefined && { guid: keyOf('guid', sourceId, guidText(guid)) }),
    ...(text !== undefined && { page: pageId(text), place: pageId(fragment === undefined ? text : `${text}#${fragment}`) }),
  };
}

function learnShared(named: readonly Named[], toldNothing: ToldNothing): void {
  const shareOf = (groups: ReadonlyMap<string, readonly Named[]>) => [...groups].filter(([, group]) => !isOneItem(group.map(({ item }) => item)));
  for (const [guid] of shareOf(groupBy(named, ({ guid }) => guid))) toldNothing.share(guid);
  for (const [place] of shareOf(groupBy(named, ({ place }) => place))) toldNothing.share(place);
  for (const [page, group] of shareOf(groupBy(named, ({ page }) => page))) {
    if (new Set(group.map(({ place }) => place)).size > 1) toldNothing.split(page);
    else toldNothing.share(page);
  }
}

function keysOf({ item, guid, page, place }: Named, own: ReadonlySet<string>, { sourceId, toldNothing }: ListedAt): ItemKeys {
  const titleKey = keyOf('title', sourceId, item.title, item.publishedAt === undefined ? '' : String(Math.floor(item.publishedAt / DAY)));
  const guidKey = guid !== undefined && !toldNothing.isShared(guid) ? guid : undefined;
  const { pageKey: key, ...ofPage } = page === undefined || place === undefined ? {} : pageKeys(item, page, place, own, toldNothing);
  return {
    id: key ?? guidKey ?? titleKey, titleKey, earlierIds: earlierIds(item, sourceId), ...(guidKey !== undefined && { guidKey }), ...(key !== undefined && { pageKey: key }), ...ofPage,
    hints: [guid, page, place].filter((one) => one !== undefined && one !== guidKey && one !== key && one !== ofPage.fragmentKey && !(own.has(one) && one === page)) as string[],
  };
}

function pageKeys(item: ItemMarks, page: string, place: string, own: ReadonlySet<string>, toldNothing: ToldNothing): Pick<ItemKeys, 'pageKey' | 'isFragmentOfPage' | 'fragmentKey'> {
  const isOwn = own.has(page) || isSiteAddress(item.url);
  const isSplit = toldNothing.isSplit(page);
  if (!isOwn && !isSplit && !toldNothing.isShared(page)) return { pageKey: page, ...(place !== page && { fragmentKey: place }) };
  // At a page that is no article's, a fragment may say no more than where a reader came from.
  if (toldNothing.isShared(place) || (place === page && isOwn) || (isOwn && !isSplit)) return {};
  return place === page ? { pageKey: page } : { pageKey: place, isFragmentOfPage: true };
}

/** Whether all of these are one item that the document lists several times: the same title, and the same guid or date. */
function isOneItem(group: readonly ItemMarks[]): boolean {
  const [first, ...others] = group;
  return first !== undefined && others.every((other) => other.title === first.title && (other.publishedAt === first.publishedAt || (other.guid !== undefined && other.guid === first.guid)));
}

/** As version 0.1 named it: by its address, else its guid, else source and title. The scheme may have changed since. */
function earlierIds({ url, guid, title }: ItemMarks, sourceId: string): string[] {
  if (url !== '') return [...new Set([url, url.replace(/^https?:/, 'http:'), url.replace(/^https?:/, 'https:')])].map(articleIdOf);
  return [...(guid === undefined ? [] : [articleIdOf(guid)]), articleIdOf(`${sourceId}\n${title}`)];
}

const pageOfText = (text: string): string | undefined => (/^https?:/i.test(text) && URL.canParse(text) ? pageKey(text).replace(/#.*$/, '') : undefined);

/** A guid that is an address stays the same when its site moves to https. */
const guidText = (guid: string): string => (/^https?:/i.test(guid) && URL.canParse(guid) ? pageKey(guid) : guid);

const pageId = (page: string): string => articleIdOf(`https://${page}`);
const keyOf = (kind: string, ...parts: readonly string[]): string => articleIdOf([kind, ...parts].join('\n'));

function groupBy<T>(items: readonly T[], key: (item: T) => string | undefined): Map<string, T[]> {
  const groups = new Map<string, T[]>();
  for (const item of items) {
    const name = key(item);
    if (name === undefined) continue;
    const group = groups.get(name);
    if (group) group.push(item);
    else groups.set(name, [item]);
  }
  return groups;
}
