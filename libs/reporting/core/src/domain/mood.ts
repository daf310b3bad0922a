import { changeOf, type Change } from './change';
import { addCounts, figuresOf, type Figures } from './figures';
import { wasObserved } from './observation';
import { holdsHour, hourNumbers, hoursIn, periodBefore } from './period';
import type { HourCounts, Period } from './report';
import { toneWord, type ToneWord } from './tone-words';

/** The mood of a period: what was scored, how it sounds, and whether that is a change. */
export interface Mood extends Figures {
  /** The whole hours that the figures are of. */
  readonly period: Period;
  /** The tone in words; absent where nothing was scored. */
  readonly word?: ToneWord;
  readonly change: Change;
  /** How many of the period's `hours` were observed live. */
  readonly observedHours: number;
  readonly hours: number;
}

/** The mood of a period of whole hours, from the hours and observations of it and of the equally long period before. */
export function moodOf(period: Period, rows: readonly HourCounts[], observed: ReadonlySet<number>): Mood {
  const before = periodBefore(period);
  const counts = addCounts(rows.filter((row) => holdsHour(period, row.hour)));
  const previous = addCounts(rows.filter((row) => holdsHour(before, row.hour)));
  const figures = figuresOf(counts);
  return {
    ...figures,
    period,
    ...(figures.tone !== undefined && { word: toneWord(figures.tone) }),
    change: changeOf(previous, counts, wasObserved(before, observed)),
    observedHours: hourNumbers(period).filter((hour) => observed.has(hour)).length,
    hours: hoursIn(period),
  };
}
