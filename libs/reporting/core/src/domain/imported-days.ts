import { volumeOf } from './figures';
import type { HourCounts } from './report';
import type { KnownHours } from './timeline';

const HOURS_OF_DAY = 24;
const dayOf = (hour: number): number => Math.floor(hour / HOURS_OF_DAY);

/** With fewer articles a day says little about the tone of its news; alerts on tone need as many. */
export const LEAST_IMPORTED = 20;
/**
 * A day with at least this share of the median day is complete: the feed with the quietest weekends has a quarter of
 * its working days then (CNBC, 0.09 of its week).
 */
export const WHOLE_SHARE = 0.2;

/**
 * All hours of the days (UTC) into which an archive was imported completely, or nearly: days with an imported hour,
 * with at least this many scored articles, and with a fifth of the articles of the median day, among observed or
 * imported days. A day with fewer is a fragment: a few headlines that someone kept. A day whose other hours were
 * observed counts as a whole. `rows` are the hours of a source, or of all news.
 */
export function importedInFull(rows: readonly HourCounts[], { observed, imported }: KnownHours, least = LEAST_IMPORTED): ReadonlySet<number> {
  const volumes = new Map<number, number>();
  const known = new Set([...observed, ...imported].map(dayOf));
  for (const row of rows) if (known.has(dayOf(row.hour))) volumes.set(dayOf(row.hour), (volumes.get(dayOf(row.hour)) ?? 0) + volumeOf(row));
  const sorted = [...volumes.values()].filter((volume) => volume > 0).sort((one, other) => one - other);
  const median = sorted[Math.floor(sorted.length / 2)] ?? 0;
  const whole = [...new Set([...imported].map(dayOf))].filter((day) => (volumes.get(day) ?? 0) >= Math.max(least, WHOLE_SHARE * median));
  return new Set(whole.flatMap((day) => Array.from({ length: HOURS_OF_DAY }, (_, hour) => day * HOURS_OF_DAY + hour)));
}
