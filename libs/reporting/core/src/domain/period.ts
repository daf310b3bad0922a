import { HOUR, hourOf, lastExpiredHour } from '@barometer/kernel';
import type { Period } from './report';

/** The last `hours` hours, the running one included. */
export function lastHours(hours: number, now: number): Period {
  const to = (hourOf(now) + 1) * HOUR;
  return { from: to - hours * HOUR, to };
}

/**
 * The part of a period that figures can speak of: widened outward to whole hours, not past the running hour and not
 * before what is kept. Empty (`from === to`) when nothing of it is left.
 */
export function knownPeriod(period: Period, now: number): Period {
  const oldest = (lastExpiredHour(now) + 1) * HOUR;
  const newest = (hourOf(now) + 1) * HOUR;
  const from = Math.min(Math.max(hourOf(period.from) * HOUR, oldest), newest);
  const to = Math.min(Math.ceil(period.to / HOUR) * HOUR, newest);
  return { from, to: Math.max(from, to) };
}

/** The equally long period that ends where this one begins. */
export const periodBefore = ({ from, to }: Period): Period => ({ from: from - (to - from), to: from });

/** How many hours a period of whole hours has. */
export const hoursIn = ({ from, to }: Period): number => Math.round((to - from) / HOUR);

/** Every hour number of a period of whole hours, ascending. */
export function hourNumbers(period: Period): number[] {
  const first = hourOf(period.from);
  return Array.from({ length: hoursIn(period) }, (_, index) => first + index);
}

/** Whether an hour number lies in a period. */
export const holdsHour = (period: Period, hour: number): boolean => hour >= hourOf(period.from) && hour * HOUR < period.to;
