import { articleIdOf } from '@barometer/kernel';
import type { Article } from '../domain/article';
import { keysToKeep, matchItems, newIdOf, type KnownArticle, type Match } from '../domain/item-identity';
import { isSamePage, lookupsOf } from '../domain/item-keys';
import type { KeyedItem, TakenItem } from '../domain/take-articles';
import type { ToldNothing } from '../domain/told-nothing';
import type { ArticleStore } from '../ports/article-store.port';

/** Sixty million million values: among ten thousand items of a feed, one in a million has the print of another. */
const PRINT_LENGTH = 10;

export interface IdentifiedArticles {
  /** Those that are new, or listed in a way that they were not at the poll before. */
  readonly articles: readonly Article[];
  /** What the document lists, for the next poll to compare with; absent where it is what was kept before. */
  readonly listing?: readonly string[];
}

export interface ListedBy {
  readonly sourceId: string;
  /** What `ArticleStore.listing` gave before the items got their keys. */
  readonly before: ReadonlySet<string>;
  /** Made of `before`; what the document showed is in it already. */
  readonly toldNothing: ToldNothing;
}

/**
 * Says which stored article each taken item is, and gives the new ones an id. What the source listed in the same way at
 * its last poll is left out, so that a poll that brings nothing new reads one item of the store and no article.
 * @param document all items of the document, for a guid is judged by what else the document lists
 */
export async function identifyArticles(store: Pick<ArticleStore, 'find'>, { sourceId, before, toldNothing }: ListedBy, taken: readonly TakenItem[], document: readonly KeyedItem[]): Promise<IdentifiedArticles> {
  const prints = new Map(taken.map((one) => [one, printOf(one)]));
  const fresh = taken.filter((one) => !before.has(prints.get(one) ?? ''));
  const found = fresh.length === 0 ? new Map<string, KnownArticle>() : await store.find([...new Set(fresh.flatMap(({ item }) => lookupsOf(item.itemKeys)))]);
  const matches = new Map(matchItems(document, document.map(({ itemKeys }) => itemKeys), { found, sourceId, toldNothing }).map((match, index) => [document[index], match]));
  const articles = fresh.map(({ item, article }) => articleOf(item, article, matches.get(item) as Match));
  const listing = [...new Set([...toldNothing.marks(), ...prints.values()])];
  const isSame = listing.length === before.size && listing.every((text) => before.has(text));
  return { articles, ...(!isSame && { listing }) };
}

function articleOf(item: KeyedItem, article: TakenItem['article'], match: Match): Article {
  const { known } = match;
  const keys = keysToKeep(item.itemKeys, match);
  const id = known?.id ?? newIdOf(item.itemKeys, match);
  const url = item.fragment !== undefined && match.isFragmentOfPage ? `${article.url}#${item.fragment}` : article.url;
  return { ...article, url, id, keys: keys.filter((key) => key !== id), ...(known && isMoved(url, known, match) && { isMoved: true }) };
}

/** Its link leads to a page that the article was not known by, or to the same one by https at last. */
function isMoved(url: string, known: KnownArticle, { pageKey }: Match): boolean {
  if (url === '') return false;
  if (isSamePage(url, known.url)) return known.url.startsWith('http:') && url.startsWith('https:');
  return known.url === '' || (pageKey !== undefined && pageKey !== known.id && !known.keys.includes(pageKey));
}

/** A short print of what a poll would store of an item; the same while the feed lists it in the same way. */
const printOf = ({ item: { itemKeys, guid = '', fragment = '' }, article: { url, title, summary } }: TakenItem): string =>
  articleIdOf(JSON.stringify([itemKeys.id, itemKeys.pageKey ?? '', guid, url, fragment, title, summary])).slice(0, PRINT_LENGTH);
