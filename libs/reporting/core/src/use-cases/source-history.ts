import { HOUR, hourOf, type Clock } from '@barometer/kernel';
import { packHours, type PackedHours } from '../domain/packed-hours';
import type { Scope } from '../domain/report';
import type { ReportStore } from '../ports/report-store.port';

/** A day that is over is read again after this time: articles may be late, and a rescore changes counts. */
const DAY_LASTS = HOUR;
/** Maximum number of rows kept in memory, some 30 bytes each. */
const MOST_ROWS = 1_000_000;
const BLOCKED_MS = 8;

interface KeptDay {
  readonly rows: PackedHours;
  readonly readAt: number;
  /** The store's watermark, for a day that still changes; the day is valid while the watermark is the same. */
  readonly watermark?: string;
}

/** Lets other work run once some milliseconds have passed since the last time. */
export function turns(): () => Promise<void> {
  let since = performance.now();
  return async () => {
    if (performance.now() - since < BLOCKED_MS) return;
    await new Promise((resolve) => setTimeout(resolve));
    since = performance.now();
  };
}

export const keyOf = ({ topicId, sourceId, sourceIds }: Scope): string => JSON.stringify([topicId, sourceId, sourceIds]);

/**
 * The hours of scopes by source, one day at a time. A day that ended at least a day ago is kept in memory for an hour,
 * later ones until the store changes.
 */
export class SourceHistory {
  private readonly kept = new Map<string, Map<number, KeptDay>>();

  constructor(private readonly deps: { readonly reports: ReportStore; readonly clock: Clock }) {}

  /** The days (whole days since 1970, UTC) from `firstDay` to before `endDay`, oldest first. Other work may run between them. */
  async *days(scope: Scope, firstDay: number, endDay: number): AsyncGenerator<PackedHours> {
    const key = keyOf(scope);
    const kept = this.kept.get(key) ?? new Map<number, KeptDay>();
    // The most recently used scope is last.
    this.kept.delete(key);
    this.kept.set(key, kept);
    const turn = turns();
    const watermark = endDay > this.settledDay() ? await this.deps.reports.watermark() : '';
    for (let day = firstDay; day < endDay; ) {
      const known = this.fresh(kept.get(day), watermark);
      if (known) {
        yield known;
        day += 1;
        await turn();
        continue;
      }
      let end = day + 1;
      while (end < endDay && !this.fresh(kept.get(end), watermark)) end += 1;
      for await (const found of this.deps.reports.sourceDays(scope, day, end)) {
        const rows = packHours(found.sources);
        kept.set(found.day, { rows, readAt: this.deps.clock.now(), ...(found.day >= this.settledDay() && { watermark }) });
        yield rows;
        await turn();
      }
      day = end;
    }
    this.shrink();
  }

  /** Has every day read again, after articles were added to past days. */
  forget(): void {
    this.kept.clear();
  }

  private fresh(day: KeptDay | undefined, watermark: string): PackedHours | undefined {
    const holds = day && (day.watermark === undefined ? Math.abs(this.deps.clock.now() - day.readAt) < DAY_LASTS : day.watermark === watermark);
    return holds ? day.rows : undefined;
  }

  /** The present day, to which most articles are still to come, and the one before are not settled. */
  private settledDay(): number {
    return Math.floor(hourOf(this.deps.clock.now()) / 24) - 1;
  }

  private shrink(): void {
    const sizes = [...this.kept].map(([key, days]) => ({ key, rows: [...days.values()].reduce((total, { rows }) => total + rows.hour.length, 0) }));
    let all = sizes.reduce((total, { rows }) => total + rows, 0);
    for (const { key, rows } of sizes) {
      if (all <= MOST_ROWS) return;
      this.kept.delete(key);
      all -= rows;
    }
  }
}
