import type { ArticleView, Period, Scope } from '../domain/report';
import type { ReportStore } from '../ports/report-store.port';

/** Five pages of a hundred articles are looked at: an answer costs no more where there are more. */
const PAGE = 100;
const MOST_PAGES = 5;

/** The scored ones of the newest 500 articles of a scope and period; everything newer than `searchedTo` was looked at. */
export async function newestScored(reports: ReportStore, scope: Scope, period: Period): Promise<{ readonly articles: readonly ArticleView[]; readonly searchedTo: number }> {
  const articles: ArticleView[] = [];
  let searchedTo = period.to;
  let cursor: string | undefined;
  for (let page = 0; page < MOST_PAGES; page += 1) {
    const found = await reports.articles({ ...scope, period, limit: PAGE, ...(cursor !== undefined && { cursor }) });
    articles.push(...found.items.filter(({ sentiment }) => sentiment));
    ({ searchedTo, cursor } = { cursor: undefined, ...found });
    if (cursor === undefined) break;
  }
  return { articles, searchedTo };
}
