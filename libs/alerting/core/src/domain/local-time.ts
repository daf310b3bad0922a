import { DAY, MINUTE } from '@barometer/kernel';

/** A calendar date; `month` and `day` begin at 1. */
export interface LocalDate {
  readonly year: number;
  readonly month: number;
  readonly day: number;
}

/** The wall-clock time of a time zone. */
export interface LocalTime extends LocalDate {
  /** Minutes since midnight, as the clock shows them. */
  readonly minutes: number;
}

/** Cached, since making a format takes a hundred times as long as using it. */
const formats = new Map<string, Intl.DateTimeFormat>();

function formatOf(timeZone: string): Intl.DateTimeFormat {
  const known = formats.get(timeZone);
  if (known) return known;
  const made = new Intl.DateTimeFormat('en-GB', {
    timeZone,
    calendar: 'gregory',
    year: 'numeric',
    month: '2-digit',
    day: '2-digit',
    hour: '2-digit',
    minute: '2-digit',
    hourCycle: 'h23',
  });
  formats.set(timeZone, made);
  return made;
}

/** Minutes since midnight of a time of day `HH:MM`. */
export const minutesOf = (time: string): number => Number(time.slice(0, 2)) * 60 + Number(time.slice(3, 5));

/** The wall-clock time of a time zone at a moment (milliseconds since 1970). */
export function localTime(at: number, timeZone: string): LocalTime {
  const parts = formatOf(timeZone).formatToParts(at);
  const part = (type: Intl.DateTimeFormatPartTypes) => Number(parts.find((one) => one.type === type)?.value ?? 0);
  return { year: part('year'), month: part('month'), day: part('day'), minutes: part('hour') * 60 + part('minute') };
}

/** A wall-clock time, read as UTC. */
const asUtc = ({ year, month, day, minutes }: LocalTime): number => Date.UTC(year, month - 1, day) + minutes * MINUTE;

/** How far the clock of a time zone is ahead of UTC, in milliseconds. */
const offsetAt = (at: number, timeZone: string): number => asUtc(localTime(at, timeZone)) - Math.floor(at / MINUTE) * MINUTE;

/**
 * The moment at which the clock of a time zone shows a time. If it shows it twice, the first moment; if it skips it, the
 * moment as far after the change as the time is into the gap: `compatible` in ECMAScript's Temporal.
 */
export function momentOf(date: LocalDate, time: string, timeZone: string): number {
  const wanted = asUtc({ ...date, minutes: minutesOf(time) });
  const [before, after] = [wanted - offsetAt(wanted - DAY, timeZone), wanted - offsetAt(wanted + DAY, timeZone)];
  const isShown = (at: number) => asUtc(localTime(at, timeZone)) === wanted;
  return isShown(before) || !isShown(after) ? before : after;
}

/** The date `days` later; earlier if negative. */
export function laterDate({ year, month, day }: LocalDate, days: number): LocalDate {
  const later = new Date(Date.UTC(year, month - 1, day + days));
  return { year: later.getUTCFullYear(), month: later.getUTCMonth() + 1, day: later.getUTCDate() };
}

/** 1 is Monday, 7 Sunday. */
export const weekdayOf = ({ year, month, day }: LocalDate): number => new Date(Date.UTC(year, month - 1, day)).getUTCDay() || 7;
