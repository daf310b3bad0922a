import type { Change } from './change';
import { addCounts, meanTone, type Figures } from './figures';
import { hourNumbers } from './period';
import type { ArticleView, HourCounts, Period } from './report';
import type { ToneWord } from './tone-words';

/** One topic or source beside the others. */
export interface BreakdownRow extends Figures {
  readonly id: string;
  readonly name: string;
  readonly word?: ToneWord;
  readonly change: Change;
  /** Mean tones of equal parts of the period, oldest first; `null` where nothing was scored. At most 24. */
  readonly sparkline: readonly (number | null)[];
  /** The most decided article of the period that is not uncertain. */
  readonly topArticle?: ArticleView;
  /** `false` for a topic whose first back-fill is still going on. */
  readonly ready: boolean;
}

export const SPARKLINE_POINTS = 24;

/** Mean tones of equal parts of a period (the last part may be shorter). */
export function sparklineOf(period: Period, rows: readonly HourCounts[]): (number | null)[] {
  const hours = hourNumbers(period);
  const size = Math.max(1, Math.ceil(hours.length / SPARKLINE_POINTS));
  const byHour = new Map(rows.map((row) => [row.hour, row]));
  return Array.from({ length: Math.ceil(hours.length / size) }, (_, index) => {
    const part = hours.slice(index * size, (index + 1) * size);
    return meanTone(addCounts(part.flatMap((hour) => byHour.get(hour) ?? []))) ?? null;
  });
}
