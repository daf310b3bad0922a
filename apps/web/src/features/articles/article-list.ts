import type { Article, ArticlePage } from '@barometer/http-api/contract';

/** The articles on the page, and those that arrived but wait for the reader to ask. */
export interface ShownArticles {
  /** The address of the first page; another address is another list. */
  readonly url: string;
  readonly sample: boolean;
  readonly items: readonly Article[];
  /** Arrived since, not shown: nothing may jump under the pointer. */
  readonly held: readonly Article[];
  /** The newest page, when so much arrived that it no longer meets the list: it then takes the list's place. */
  readonly replacement?: ArticlePage | undefined;
  /** Ids that slid in last. */
  readonly fresh: ReadonlySet<string>;
  readonly cursor?: string | undefined;
  readonly searchedTo: number;
}

/** Starts a list from its first page. */
export const firstPage = (url: string, page: ArticlePage): ShownArticles => ({
  url,
  sample: page.sample,
  items: page.items,
  held: [],
  fresh: new Set(),
  cursor: page.cursor,
  searchedTo: Date.parse(page.searchedTo),
});

/**
 * Takes in a newer first page: known articles are brought up to date where they stand; new ones are inserted
 * by time when `insert` allows, else held back.
 */
export function withNewer(shown: ShownArticles, page: ArticlePage, insert: boolean): ShownArticles {
  const newer = new Map(page.items.map((article) => [article.id, article]));
  const items = shown.items.map((article) => newer.get(article.id) ?? article);
  const known = new Set(items.map(({ id }) => id));
  const oldest = items.at(-1);
  const arrived = page.items.filter(({ id, publishedAt }) => !known.has(id) && (!shown.cursor || !oldest || publishedAt >= oldest.publishedAt));
  const meets = page.cursor === undefined || page.items.some(({ id }) => known.has(id));
  const next = { ...shown, items, held: arrived, replacement: meets ? undefined : page };
  return insert ? withHeld(next) : next;
}

/** Shows what was held back. */
export function withHeld(shown: ShownArticles): ShownArticles {
  if (shown.replacement) return firstPage(shown.url, shown.replacement);
  if (shown.held.length === 0) return shown;
  const items = [...shown.held, ...shown.items].sort((a, b) => b.publishedAt.localeCompare(a.publishedAt));
  return { ...shown, items, held: [], fresh: new Set(shown.held.map(({ id }) => id)) };
}

/** Articles that tell one story: the newest, and the others behind it. */
export interface StoryGroup {
  readonly head: Article;
  readonly others: readonly Article[];
}

/** The articles by story, each where its newest one stands; what has no story yet stands by itself. */
export function byStory(items: readonly Article[]): StoryGroup[] {
  const groups = new Map<string, { head: Article; others: Article[] }>();
  for (const article of items) {
    const story = article.storyId ?? article.id;
    const known = groups.get(story);
    if (known) known.others.push(article);
    else groups.set(story, { head: article, others: [] });
  }
  return [...groups.values()];
}

/** Appends the next page. */
export function withOlder(shown: ShownArticles, page: ArticlePage): ShownArticles {
  const known = new Set(shown.items.map(({ id }) => id));
  const items = [...shown.items, ...page.items.filter(({ id }) => !known.has(id))];
  return { ...shown, items, cursor: page.cursor, searchedTo: Date.parse(page.searchedTo), fresh: new Set() };
}
