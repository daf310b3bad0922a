import { articleIdOf } from '@barometer/kernel';
import type { Article } from '../domain/article';
import { keysToKeep, matchItems, newIdOf, type KnownArticle, type Match } from '../domain/item-identity';
import { isSamePage, lookupsOf } from '../domain/item-keys';
import type { KeyedItem, TakenItem } from '../domain/take-articles';
import type { ToldNothing } from '../domain/told-nothing';
import type { ArticleStore } from '../ports/article-store.port';

/** Sixty million million values: among ten thousand items of a feed, the chance that one has the print of another is one in a million. */
const PRINT_LENGTH = 10;

export interface IdentifiedArticles {
  /** Articles that are new, or listed differently from the previous poll. */
  readonly articles: readonly Article[];
  /** Ids of the articles that are not stored yet. */
  readonly newIds: ReadonlySet<string>;
  /** The document's listing, for the next poll to compare with; absent if unchanged. */
  readonly listing?: readonly string[];
}

export interface ListedBy {
  readonly sourceId: string;
  /** The result of `ArticleStore.listing`, read before the items got their keys. */
  readonly before: ReadonlySet<string>;
  /** Built from `before`; already includes what the document showed. */
  readonly toldNothing: ToldNothing;
}

/**
 * Determines which stored article each taken item is, and gives new ones an id. Items that the source listed in the same
 * way at its last poll are left out, so that a poll without news reads one item of the store and no article.
 * @param document all items of the document, since a guid is judged by the document's other items
 */
export async function identifyArticles(
  store: Pick<ArticleStore, 'find'>,
  { sourceId, before, toldNothing }: ListedBy,
  taken: readonly TakenItem[],
  document: readonly KeyedItem[],
): Promise<IdentifiedArticles> {
  const prints = new Map(taken.map((one) => [one, printOf(one)]));
  const fresh = taken.filter((one) => !before.has(prints.get(one) ?? ''));
  const found = fresh.length === 0 ? new Map<string, KnownArticle>() : await store.find([...new Set(fresh.flatMap(({ item }) => lookupsOf(item.itemKeys)))]);
  const matches = new Map(
    matchItems(
      document,
      document.map(({ itemKeys }) => itemKeys),
      { found, sourceId, toldNothing },
    ).map((match, index) => [document[index], match]),
  );
  const articles = fresh.map(({ item, article }) => articleOf(item, article, matches.get(item) as Match));
  const newIds = new Set(articles.filter((_, index) => !matches.get((fresh[index] as TakenItem).item)?.known).map(({ id }) => id));
  const listing = [...new Set([...toldNothing.marks(), ...prints.values()])];
  const isSame = listing.length === before.size && listing.every((text) => before.has(text));
  return { articles, newIds, ...(!isSame && { listing }) };
}

function articleOf(item: KeyedItem, article: TakenItem['article'], match: Match): Article {
  const { known } = match;
  const keys = keysToKeep(item.itemKeys, match);
  const id = known?.id ?? newIdOf(item.itemKeys, match);
  const url = item.fragment !== undefined && match.isFragmentOfPage ? `${article.url}#${item.fragment}` : article.url;
  return { ...article, url, id, keys: keys.filter((key) => key !== id), ...(known && isMoved(url, known, match) && { isMoved: true }) };
}

/** Whether the link leads to a page that is new for this article, or to the same page now by https. */
function isMoved(url: string, known: KnownArticle, { pageKey }: Match): boolean {
  if (url === '') return false;
  if (isSamePage(url, known.url)) return known.url.startsWith('http:') && url.startsWith('https:');
  return known.url === '' || (pageKey !== undefined && pageKey !== known.id && !known.keys.includes(pageKey));
}

/** A short print of what a poll would store of an item; unchanged while the feed lists it in the same way. */
const printOf = ({ item: { itemKeys, guid = '', fragment = '' }, article: { url, title, summary } }: TakenItem): string =>
  articleIdOf(JSON.stringify([itemKeys.id, itemKeys.pageKey ?? '', guid, url, fragment, title, summary])).slice(0, PRINT_LENGTH);
