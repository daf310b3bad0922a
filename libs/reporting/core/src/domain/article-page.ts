import type { Label } from '@barometer/events';
import { RETENTION } from '@barometer/kernel';
import { writeCursor, type ListPosition } from './cursor';
import type { ArticlePage, ArticleQuery, ArticleState } from './report';

/** A request looks at no more articles than this where a filter has no index. */
export const MOST_EXAMINED = 300;

/** What a filter needs to know of a row. */
export interface ListedArticle extends ListPosition {
  readonly state: ArticleState;
  readonly label?: Label | undefined;
}

/** A page whose articles are still rows. */
export type PageOf<Row> = Omit<ArticlePage, 'items'> & { readonly items: readonly Row[] };

interface PageRules<Row> {
  readonly limit: number;
  readonly matches: (row: Row) => boolean;
  /** Nothing older than this is there to be found. */
  readonly bottom: number;
  /** Rows that are looked at; 300 where it is not given. */
  readonly most?: number;
}

/**
 * Cuts a page out of rows that come newest first: up to `limit` that match, of at most `most`. A store that hands over one
 * row more than it wants looked at lets the page know that there is more.
 */
export function pageOf<Row extends ListPosition>(rows: readonly Row[], { limit, matches, bottom, most = MOST_EXAMINED }: PageRules<Row>): PageOf<Row> {
  const items: Row[] = [];
  let examined = 0;
  for (const row of rows.slice(0, most)) {
    if (items.length === limit) break;
    examined += 1;
    if (matches(row)) items.push(row);
  }
  const last = rows[examined - 1];
  if (!last || examined === rows.length) return { items, searchedTo: bottom };
  return { items, searchedTo: last.publishedAt, cursor: writeCursor(last) };
}

/** The time that a list reaches down to when it has found everything. */
export const bottomOf = (query: ArticleQuery, now: number): number => Math.max(query.period?.from ?? 0, now - RETENTION);

/** Whether a row has the label and the state that are asked for. */
export const hasLabelAndState = ({ label, state }: ArticleQuery, row: ListedArticle): boolean =>
  (label === undefined || row.label === label) && (state === undefined || row.state === state);
