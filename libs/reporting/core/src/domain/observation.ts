import { HOUR, hourOf } from '@barometer/kernel';
import { holdsHour, hoursIn } from './period';
import type { Period, Scope } from './report';

/**
 * A source is asked as rarely as its feed wishes, and a feed lists more than the last hours. So up to this many hours
 * between two successful polls of one source count as observed. For all sources together nothing is bridged: that no
 * poll at all succeeded for an hour means that nobody watched.
 */
export const BRIDGED_HOURS = 2;

/** An earlier period counts as observed live when at least this share of its hours was. */
export const OBSERVED_SHARE = 0.9;

/** The hours to ask the store for, so that bridges over the ends of a period are seen. */
export function observationPeriod(scope: Scope, period: Period): Period {
  const margin = scope.sourceId === undefined ? 0 : (BRIDGED_HOURS + 1) * HOUR;
  return { from: period.from - margin, to: period.to + margin };
}

/** The hours of the period that count as observed, of the hours in which a poll succeeded (ascending). */
export function observedIn(scope: Scope, period: Period, polled: readonly number[]): ReadonlySet<number> {
  const bridge = scope.sourceId === undefined ? 0 : BRIDGED_HOURS;
  const observed = new Set<number>();
  let last: number | undefined;
  for (const hour of polled) {
    const start = last !== undefined && hour - last - 1 <= bridge ? last + 1 : hour;
    for (let each = start; each <= hour; each += 1) if (holdsHour(period, each)) observed.add(each);
    last = hour;
  }
  return observed;
}

/** Whether enough of a period was observed to compare another one with it. */
export function wasObserved(period: Period, observed: ReadonlySet<number>): boolean {
  const hours = hoursIn(period);
  if (hours === 0) return false;
  let seen = 0;
  for (let hour = hourOf(period.from); hour * HOUR < period.to; hour += 1) if (observed.has(hour)) seen += 1;
  return seen >= hours * OBSERVED_SHARE;
}
