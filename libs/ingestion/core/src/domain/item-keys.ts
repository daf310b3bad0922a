import { articleIdOf, DAY } from '@barometer/kernel';
import type { Article } from './article';
import { isSiteAddress, pageKey } from './page-key';
import type { ToldNothing } from './told-nothing';

/** The fields that identify an item of a feed, as the feed gives them. */
export interface ItemMarks extends Pick<Article, 'url' | 'title'> {
  readonly guid?: string;
  /** What follows `#` in its link; the address itself has none. */
  readonly fragment?: string;
  readonly publishedAt?: number;
}

/** Keys that can identify an item, the most reliable first. All have 26 characters and share one namespace with the ids of articles. */
export interface ItemKeys {
  /** The id if the article is new: the page's key if it has a page of its own, so that two feeds that list it arrive at the same id. */
  readonly id: string;
  /** The key of its guid within its source; absent if the guid is missing or ambiguous. */
  readonly guidKey?: string;
  /** The key of its page; absent if it has no page of its own. */
  readonly pageKey?: string;
  /** Only the part after `#` distinguishes its page, so `pageKey` is made from both. */
  readonly isFragmentOfPage?: boolean;
  /** The key of page and fragment, if the page alone has been sufficient so far. */
  readonly fragmentKey?: string;
  /** The key of source, title and UTC day. */
  readonly titleKey: string;
  /** Ambiguous keys of its guid and page; they identify an article only together with title and day. */
  readonly hints: readonly string[];
  /** Ids that version 0.1 would have given it. */
  readonly earlierIds: readonly string[];
}

/** The source of the items, and what is known about it. */
export interface ListedAt {
  readonly sourceId: string;
  /** Addresses that are not of articles: of the feed itself and of its home page. */
  readonly ownPages: readonly string[];
  /** Ambiguous keys of earlier documents; those of this document are added. */
  readonly toldNothing: ToldNothing;
}

/**
 * The keys that can identify each item of a document. A guid is used if no other item has it, in this document or earlier
 * ones. A page is used if it is neither a site's front page nor the feed's own, and if all items that link to it, now and
 * earlier, are the same item; otherwise a fragment may distinguish them.
 */
export function itemKeys(items: readonly ItemMarks[], listedAt: ListedAt): ItemKeys[] {
  const named = items.map((item) => ({ item, ...namesOf(item, listedAt.sourceId) }));
  learnShared(named, listedAt.toldNothing);
  const own = new Set(listedAt.ownPages.map((address) => pageId(pageKey(address))));
  return named.map((one) => keysOf(one, own, listedAt));
}

/** Every key under which an item may be stored. */
export const lookupsOf = ({ guidKey, pageKey: page, fragmentKey, titleKey, hints, earlierIds: earlier }: ItemKeys): string[] => [
  ...new Set([guidKey, page, fragmentKey, titleKey, ...hints, ...earlier].filter((key) => key !== undefined)),
];

/** Whether two texts are addresses of the same page. */
export function isSamePage(one: string, other: string): boolean {
  const [a, b] = [pageOfText(one), pageOfText(other)];
  return a !== undefined && a === b;
}

/** An item with the keys of its guid, its page, and its page with fragment, whether or not these are ambiguous. */
interface Named {
  readonly item: ItemMarks;
  readonly guid?: string;
  readonly page?: string;
  /** The key of page and fragment; equals `page` if there is no fragment. */
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
    id: key ?? guidKey ?? titleKey,
    titleKey,
    earlierIds: earlierIds(item, sourceId),
    ...(guidKey !== undefined && { guidKey }),
    ...(key !== undefined && { pageKey: key }),
    ...ofPage,
    hints: [guid, page, place].filter(
      (one) => one !== undefined && one !== guidKey && one !== key && one !== ofPage.fragmentKey && !(own.has(one) && one === page),
    ) as string[],
  };
}

function pageKeys(
  item: ItemMarks,
  page: string,
  place: string,
  own: ReadonlySet<string>,
  toldNothing: ToldNothing,
): Pick<ItemKeys, 'pageKey' | 'isFragmentOfPage' | 'fragmentKey'> {
  const isOwn = own.has(page) || isSiteAddress(item.url);
  const isSplit = toldNothing.isSplit(page);
  if (!isOwn && !isSplit && !toldNothing.isShared(page)) return { pageKey: page, ...(place !== page && { fragmentKey: place }) };
  // For a page that is not an article, a fragment may only be for tracking readers.
  if (toldNothing.isShared(place) || (place === page && isOwn) || (isOwn && !isSplit)) return {};
  return place === page ? { pageKey: page } : { pageKey: place, isFragmentOfPage: true };
}

/** Whether all are one item, listed several times: same title, and same guid or date. */
function isOneItem(group: readonly ItemMarks[]): boolean {
  const [first, ...others] = group;
  return (
    first !== undefined &&
    others.every((other) => other.title === first.title && (other.publishedAt === first.publishedAt || (other.guid !== undefined && other.guid === first.guid)))
  );
}

/** Ids of version 0.1: of the address, else of the guid, else of source and title. The scheme may have changed since. */
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
