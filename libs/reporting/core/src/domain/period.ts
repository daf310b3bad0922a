import { HOUR, hourOf, lastExpiredHour, type Retention } from '@barometer/kernel';
import type { Period } from './report';

/** The last `hours` hours, including the current one. */
export function lastHours(hours: number, now: number): Period {
  const to = (hourOf(now) + 1) * HOUR;
  return { from: to - hours * HOUR, to };
}

/** When the first hour begins of which what is kept for so long is still there. */
export const keptFrom = (now: number, kept: number): number => (lastExpiredHour(now, kept) + 1) * HOUR;

/**
 * The part of a period for which there can be figures: widened to whole hours, not beyond the current hour and not
 * before what is kept. Empty (`from === to`) if nothing is left.
 */
export function knownPeriod(period: Period, now: number, { rollups }: Pick<Retention, 'rollups'>): Period {
  const oldest = keptFrom(now, rollups);
  const newest = (hourOf(now) + 1) * HOUR;
  const from = Math.min(Math.max(hourOf(period.from) * HOUR, oldest), newest);
  const to = Math.min(Math.ceil(period.to / HOUR) * HOUR, newest);
  return { from, to: Math.max(from, to) };
}

/** The equally long period that ends where this one begins. */
export const periodBefore = ({ from, to }: Period): Period => ({ from: from - (to - from), to: from });

/** The number of hours in a period of whole hours. */
export const hoursIn = ({ from, to }: Period): number => Math.round((to - from) / HOUR);

/** Every hour number of a period of whole hours, ascending. */
export function hourNumbers(period: Period): number[] {
  const first = hourOf(period.from);
  return Array.from({ length: hoursIn(period) }, (_, index) => first + index);
}

/** Whether an hour number is in a period. */
export const holdsHour = (period: Period, hour: number): boolean => hour >= hourOf(period.from) && hour * HOUR < period.to;
