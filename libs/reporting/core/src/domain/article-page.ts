import type { Label } from '@barometer/events';
import type { Retention } from '@barometer/kernel';
import { writeCursor, type ListPosition } from './cursor';
import type { ArticlePage, ArticleQuery, ArticleState } from './report';

/** A request examines at most this many articles if a filter has no index. */
export const MOST_EXAMINED = 300;

/** The fields of a row that filters need. */
export interface ListedArticle extends ListPosition {
  readonly state: ArticleState;
  readonly label?: Label | undefined;
}

/** A page whose articles are still rows. */
export type PageOf<Row> = Omit<ArticlePage, 'items'> & { readonly items: readonly Row[] };

interface PageRules<Row> {
  readonly limit: number;
  readonly matches: (row: Row) => boolean;
  /** Nothing older than this exists. */
  readonly bottom: number;
  /** The most rows to examine; 300 by default. */
  readonly most?: number;
}

/**
 * Cuts a page out of rows, newest first: up to `limit` that match, out of at most `most`. If a store passes one row
 * more than should be examined, the page knows that there are more.
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

/** The time down to which a list has searched when it has found everything. */
export const bottomOf = (query: ArticleQuery, now: number, { articles }: Retention): number => Math.max(query.period?.from ?? 0, now - articles);

/** Whether a row has the requested label and state. */
export const hasLabelAndState = ({ label, state }: ArticleQuery, row: Pick<ListedArticle, 'state' | 'label'>): boolean =>
  (label === undefined || row.label === label) && (state === undefined || row.state === state);
