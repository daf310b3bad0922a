import { err, ok, type Result } from '@barometer/kernel';
import { CursorError } from '../domain/cursor';
import type { ArticlePage } from '../domain/report';
import type { ReportStore } from '../ports/report-store.port';
import { LARGEST_PAGE, type ListProblem } from './list-articles.use-case';

/** The articles that readers judged, newest first, page by page. */
export class ListJudgements {
  constructor(private readonly deps: { readonly reports: ReportStore }) {}

  /** At most 100 a page; a cursor that no page gave out is refused. */
  async execute({ limit, cursor }: { readonly limit: number; readonly cursor?: string }): Promise<Result<ArticlePage, ListProblem>> {
    if (!Number.isInteger(limit) || limit < 1 || limit > LARGEST_PAGE) return err({ field: 'limit', message: `must be a whole number from 1 to ${LARGEST_PAGE}` });
    try {
      return ok(await this.deps.reports.judged({ limit, ...(cursor !== undefined && { cursor }) }));
    } catch (error) {
      if (error instanceof CursorError) return err({ field: 'cursor', message: error.message });
      throw error;
    }
  }
}
