import { HOUR, hourOf, type Clock } from '@barometer/kernel';
import { packHours, type PackedHours } from '../domain/packed-hours';
import type { Scope } from '../domain/report';
import type { ReportStore } from '../ports/report-store.port';

/** A finished day is read again after this long: articles may be late, and a rescore changes what was counted. */
const DAY_LASTS = HOUR;
/** Rows kept, of some 30 bytes each. */
const MOST_ROWS = 1_000_000;
const BLOCKED_MS = 8;

interface KeptDay {
  readonly rows: PackedHours;
  readonly readAt: number;
}

/** Lets other work go on once some milliseconds have passed since it last could. */
export function turns(): () => Promise<void> {
  let since = performance.now();
  return async () => {
    if (performance.now() - since < BLOCKED_MS) return;
    await new Promise((resolve) => setTimeout(resolve));
    since = performance.now();
  };
}

export const keyOf = ({ topicId, sourceId }: Scope): string => JSON.stringify([topicId, sourceId]);

/** The hours of scopes by source, a day at a time; what is over for a day or longer is kept in memory for an hour. */
export class SourceHistory {
  private readonly kept = new Map<string, Map<number, KeptDay>>();

  constructor(private readonly deps: { readonly reports: ReportStore; readonly clock: Clock }) {}

  /** The days (whole days since 1970, UTC) from `firstDay` to before `endDay`, oldest first. Other work goes on between them. */
  async *days(scope: Scope, firstDay: number, endDay: number): AsyncGenerator<PackedHours> {
    const key = keyOf(scope);
    const kept = this.kept.get(key) ?? new Map<number, KeptDay>();
    // The latest one asked for stands last.
    this.kept.delete(key);
    this.kept.set(key, kept);
    const turn = turns();
    for (let day = firstDay; day < endDay; ) {
      const known = this.fresh(kept.get(day));
      if (known) {
        yield known;
        day += 1;
        await turn();
        continue;
      }
      let end = day + 1;
      while (end < endDay && !this.fresh(kept.get(end))) end += 1;
      for await (const found of this.deps.reports.sourceDays(scope, day, end)) {
        const rows = packHours(found.sources);
        this.keep(kept, found.day, rows);
        yield rows;
        await turn();
      }
      day = end;
    }
    this.shrink();
  }

  private fresh(day: KeptDay | undefined): PackedHours | undefined {
    return day && Math.abs(this.deps.clock.now() - day.readAt) < DAY_LASTS ? day.rows : undefined;
  }

  private keep(kept: Map<number, KeptDay>, day: number, rows: PackedHours): void {
    const now = this.deps.clock.now();
    if (day < Math.floor(hourOf(now) / 24) - 1) kept.set(day, { rows, readAt: now });
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
