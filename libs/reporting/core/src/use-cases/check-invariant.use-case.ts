import type { Discrepancy } from '../domain/report';
import type { ReportStore } from '../ports/report-store.port';

/** What the check found. */
export interface InvariantReport {
  /** Where a roll-up differs from what the articles say. */
  readonly discrepancies: readonly Discrepancy[];
  /** How many roll-ups were mended. */
  readonly repaired: number;
}

/** Compares every count and tone sum with the articles inside retention, and mends them when told to. */
export class CheckInvariant {
  constructor(private readonly deps: { readonly reports: ReportStore }) {}

  async execute({ repair = false }: { readonly repair?: boolean } = {}): Promise<InvariantReport> {
    const discrepancies = await this.deps.reports.check();
    const repaired = repair && discrepancies.length > 0 ? await this.deps.reports.repair() : 0;
    return { discrepancies, repaired };
  }
}
