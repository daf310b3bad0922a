import type { ArticleView, Period, Scope } from '../domain/report';
import type { ReportStore } from '../ports/report-store.port';

/** At most five pages of a hundred articles are looked at: an answer costs no more where there are more. */
const PAGE = 100;
const MOST_PAGES = 5;

/** The scored ones of the newest 500 articles of a scope and period, or of fewer pages; everything newer than `searchedTo` was looked at. */
export async function newestScored(reports: ReportStore, scope: Scope, period: Period, pages = MOST_PAGES): Promise<{ readonly articles: readonly ArticleView[]; readonly searchedTo: number }> {
  const articles: ArticleView[] = [];
  let searchedTo = period.to;
  let cursor: string | undefined;
  for (let page = 0; page < pages; page += 1) {
    const found = await reports.articles({ ...scope, period, limit: PAGE, ...(cursor !== undefined && { cursor }) });
    articles.push(...found.items.filter(({ sentiment }) => sentiment));
    ({ searchedTo, cursor } = { cursor: undefined, ...found });
    if (cursor === undefined) break;
  }
  return { articles, searchedTo };
}
