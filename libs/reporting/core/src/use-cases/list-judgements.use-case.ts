import { err, ok, type Result } from '@barometer/kernel';
import { CursorError } from '../domain/cursor';
import type { ArticlePage } from '../domain/report';
import type { ReportStore } from '../ports/report-store.port';
import { LARGEST_PAGE, type ListProblem } from './list-articles.use-case';

/** The articles that readers judged, newest first, page by page. */
export class ListJudgements {
  constructor(private readonly deps: { readonly reports: ReportStore }) {}

  /** A limit outside 1...200 is replaced by the nearer bound. */
  async execute({ limit, cursor }: { readonly limit: number; readonly cursor?: string }): Promise<Result<ArticlePage, ListProblem>> {
    try {
      return ok(await this.deps.reports.judged({ limit: Math.min(Math.max(1, Math.floor(limit)), LARGEST_PAGE), ...(cursor !== undefined && { cursor }) }));
    } catch (error) {
      if (error instanceof CursorError) return err({ field: 'cursor', code: 'bad-cursor', message: error.message });
      throw error;
    }
  }
}
