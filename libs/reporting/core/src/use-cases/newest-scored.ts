import type { ArticleView, Period, Scope } from '../domain/report';
import type { ReportStore } from '../ports/report-store.port';
import { turns } from './source-history';

/** At most five pages of a hundred articles are read, so that the cost of an answer is bounded. */
const PAGE = 100;
const MOST_PAGES = 5;
/** A page of several sources reads the list of each: the same number of articles in fewer pages. */
const PAGE_OF_SEVERAL = 250;

/** At most this many articles are read by default. */
export const MOST_LOOKED_AT = PAGE * MOST_PAGES;

/**
 * The scored articles among the newest 500 of a scope and period, or of fewer pages, and whether the period has no
 * others. Other work may run between pages.
 */
export async function newestScored(
  reports: ReportStore,
  scope: Scope,
  period: Period,
  pages = MOST_PAGES,
): Promise<{ readonly articles: readonly ArticleView[]; readonly isWhole: boolean }> {
  const articles: ArticleView[] = [];
  const turn = turns();
  let cursor: string | undefined;
  const size = scope.sourceIds ? PAGE_OF_SEVERAL : PAGE;
  for (let page = 0; page * size < pages * PAGE; page += 1) {
    const found = await reports.articles({ ...scope, period, limit: size, ...(cursor !== undefined && { cursor }) });
    articles.push(...found.items.filter(({ sentiment }) => sentiment));
    cursor = found.cursor;
    if (cursor === undefined) return { articles, isWhole: true };
    await turn();
  }
  return { articles, isWhole: false };
}
