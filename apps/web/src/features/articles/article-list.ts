import type { Article, ArticlePage } from '@barometer/http-api/contract';

/** The articles on the page, and those that arrived and wait until the reader asks for them. */
export interface ShownArticles {
  /** The address of the first page; a different address is a different list. */
  readonly url: string;
  readonly sample: boolean;
  readonly items: readonly Article[];
  /** Arrived since but not shown: nothing may move under the pointer. */
  readonly held: readonly Article[];
  /** The newest page, if so much arrived that it no longer overlaps with the list: it then replaces the list. */
  readonly replacement?: ArticlePage | undefined;
  /** Ids of the articles inserted last. */
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

/** Merges a newer first page: known articles are updated in place; new ones are inserted by time if `insert` allows it, else held back. */
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

/** Articles of one story: the newest, and the others behind it. */
export interface StoryGroup {
  readonly head: Article;
  readonly others: readonly Article[];
}

/** The articles by story, each story at the place of its newest article; an article without a story yet stands alone. */
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
