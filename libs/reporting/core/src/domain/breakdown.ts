import { hourOf } from '@barometer/kernel';
import type { Change } from './change';
import { addCounts, meanTone, type Figures } from './figures';
import { hoursIn } from './period';
import type { Mood } from './mood';
import type { ArticleView, HourCounts, Period } from './report';
import type { ToneWord } from './tone-words';

/** A topic or a source, to be shown beside the others. */
export interface BreakdownRow extends Figures {
  readonly id: string;
  readonly name: string;
  readonly word?: ToneWord;
  readonly change: Change;
  /** How the tone compares with what is usual of the row, or why nothing can be said; only where that was asked for, of the largest rows. */
  readonly usual?: Mood['usual'];
  /** Mean tones of equal parts of the period, oldest first; `null` where nothing was scored. At most 24. */
  readonly sparkline: readonly (number | null)[];
  /** The article with the clearest tone in the period that is not uncertain. */
  readonly topArticle?: ArticleView;
  /** `false` for a topic whose first back-fill is not finished. */
  readonly ready: boolean;
}

export const SPARKLINE_POINTS = 24;

/** Mean tones of equal parts of a period (the last part may be shorter). */
export function sparklineOf(period: Period, rows: readonly HourCounts[]): (number | null)[] {
  const [first, count] = [hourOf(period.from), hoursIn(period)];
  const size = Math.max(1, Math.ceil(count / SPARKLINE_POINTS));
  const parts = Array.from({ length: Math.ceil(count / size) }, (): HourCounts[] => []);
  for (const row of rows) parts[Math.floor((row.hour - first) / size)]?.push(row);
  return parts.map((part) => meanTone(addCounts(part)) ?? null);
}
