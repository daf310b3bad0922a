import { HOUR, hourOf } from '@barometer/kernel';
import { holdsHour, hoursIn } from './period';
import { hasSources, type Period, type Scope } from './report';

/**
 * A source is polled as rarely as its feed requests, and a feed lists more than the last hours. So up to this many
 * hours between two successful polls of one source, or of a group of sources, count as observed. For all sources
 * together nothing is bridged: an hour without any successful poll was not observed.
 */
export const BRIDGED_HOURS = 2;

/** An earlier period counts as observed live if at least this share of its hours was. */
export const OBSERVED_SHARE = 0.9;

/** The hours to read from the store, so that bridges across the ends of a period are included. */
export function observationPeriod(scope: Scope, period: Period): Period {
  const margin = hasSources(scope) ? (BRIDGED_HOURS + 1) * HOUR : 0;
  return { from: period.from - margin, to: period.to + margin };
}

/** The hours of the period that count as observed, given the hours with a successful poll (ascending). */
export const observedIn = (scope: Scope, period: Period, polled: readonly number[]): ReadonlySet<number> =>
  bridgedHours(polled, hasSources(scope) ? BRIDGED_HOURS : 0, period);

/** These hours (ascending) and what lies between two of them, if that is at most `bridge` hours, as far as they are in the period. */
export function bridgedHours(hours: readonly number[], bridge: number, period: Period): ReadonlySet<number> {
  const found = new Set<number>();
  let last: number | undefined;
  for (const hour of hours) {
    const start = last !== undefined && hour - last - 1 <= bridge ? last + 1 : hour;
    for (let each = start; each <= hour; each += 1) if (holdsHour(period, each)) found.add(each);
    last = hour;
  }
  return found;
}

/** Whether enough of a period was observed to compare another one with it. */
export function wasObserved(period: Period, observed: ReadonlySet<number>): boolean {
  const hours = hoursIn(period);
  if (hours === 0) return false;
  let seen = 0;
  for (let hour = hourOf(period.from); hour * HOUR < period.to; hour += 1) if (observed.has(hour)) seen += 1;
  return seen >= hours * OBSERVED_SHARE;
}
