import type { ArticleView } from '../domain/report';
import type { ReportStore } from '../ports/report-store.port';

/** One article with its score and its journey. */
export class GetArticle {
  constructor(private readonly deps: { readonly reports: ReportStore }) {}

  execute(id: string): Promise<ArticleView | undefined> {
    return this.deps.reports.article(id);
  }
}
