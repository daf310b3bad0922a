import { hourOf } from '@barometer/kernel';
import { changeOf, type Change, type Side } from './change';
import { addCounts, figuresOf, type Figures } from './figures';
import { wasObserved } from './observation';
import { holdsHour, hourNumbers, hoursIn, periodBefore } from './period';
import type { HourCounts, Period } from './report';
import type { SourceHours } from './packed-hours';
import { toneWord, type ToneWord } from './tone-words';
import type { NoUsual, Usual } from './usual';

/** The mood of a period: what was scored, its tone, and whether that is a change. */
export interface Mood extends Figures {
  /** The whole hours that the figures cover. */
  readonly period: Period;
  /** The tone in words; absent if nothing was scored. */
  readonly word?: ToneWord;
  readonly change: Change;
  /** The tone compared with its usual range; or why there is none. */
  readonly usual: Usual | { readonly missing: NoUsual };
  /** How many of the period's `hours` were observed live. */
  readonly observedHours: number;
  readonly hours: number;
}

/** The counts of a period and of the equally long one before it. */
export interface CountedHours {
  readonly rows: readonly HourCounts[];
  /** The same by source, so that a change of the active sources is not taken for a change of the mood. */
  readonly bySource: SourceHours;
  /** Both periods are about a single source. */
  readonly oneSource: boolean;
}

/** The mood of a period of whole hours, from the hours and observations of it and of the equally long period before. */
export function moodOf(period: Period, { rows, bySource, oneSource }: CountedHours, observed: ReadonlySet<number>): Omit<Mood, 'usual'> {
  const before = periodBefore(period);
  const figures = figuresOf(addCounts(rows.filter((row) => holdsHour(period, row.hour))));
  return {
    ...figures,
    period,
    ...(figures.tone !== undefined && { word: toneWord(figures.tone) }),
    change: changeOf(sideOf(before, bySource), sideOf(period, bySource), { previousObserved: wasObserved(before, observed), oneSource }),
    observedHours: hourNumbers(period).filter((hour) => observed.has(hour)).length,
    hours: hoursIn(period),
  };
}

const sideOf = (period: Period, bySource: SourceHours): Side => ({
  first: hourOf(period.from),
  end: hourOf(period.to),
  rows: new Map([...bySource].map(([id, hours]) => [id, hours.filter(({ hour }) => holdsHour(period, hour))])),
});
