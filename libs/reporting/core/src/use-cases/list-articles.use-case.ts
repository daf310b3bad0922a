import { err, ok, type Result } from '@barometer/kernel';
import { CursorError } from '../domain/cursor';
import type { ArticlePage, ArticleQuery } from '../domain/report';
import type { ReportStore } from '../ports/report-store.port';

/** Why a list is refused. */
export interface ListProblem {
  readonly field: 'cursor';
  readonly code: 'bad-cursor';
  readonly message: string;
}

/** The most articles that one page holds. */
export const LARGEST_PAGE = 200;

/** A page of articles, newest first. */
export class ListArticles {
  constructor(private readonly deps: { readonly reports: ReportStore }) {}

  /** A limit outside 1...200 is replaced by the nearer bound. */
  async execute(query: ArticleQuery): Promise<Result<ArticlePage, ListProblem>> {
    const limit = Math.min(Math.max(1, Math.floor(query.limit)), LARGEST_PAGE);
    try {
      return ok(await this.deps.reports.articles({ ...query, limit }));
    } catch (error) {
      if (error instanceof CursorError) return err({ field: 'cursor', code: 'bad-cursor', message: error.message });
      throw error;
    }
  }
}
