export const SECOND = 1_000;
export const MINUTE = 60 * SECOND;
export const HOUR = 60 * MINUTE;
export const DAY = 24 * HOUR;

const relative = new Intl.RelativeTimeFormat(undefined, { numeric: 'auto', style: 'short' });
const exact = new Intl.DateTimeFormat(undefined, { dateStyle: 'full', timeStyle: 'medium' });
const clock = new Intl.DateTimeFormat(undefined, { hour: '2-digit', minute: '2-digit' });
const dayAndClock = new Intl.DateTimeFormat(undefined, { weekday: 'short', day: 'numeric', month: 'short', hour: '2-digit', minute: '2-digit' });
const day = new Intl.DateTimeFormat(undefined, { weekday: 'short', day: 'numeric', month: 'short' });
const shortDay = new Intl.DateTimeFormat(undefined, { day: 'numeric', month: 'short' });

const steps: readonly (readonly [Intl.RelativeTimeFormatUnit, number])[] = [
  ['day', DAY],
  ['hour', HOUR],
  ['minute', MINUTE],
];

/** How far a time is from now, in the reader's words: `4 min. ago`, `in 2 hr.`, `now`. */
export function formatAgo(at: number, now: number): string {
  const distance = at - now;
  for (const [unit, length] of steps) {
    if (Math.abs(distance) >= length) return relative.format(Math.trunc(distance / length), unit);
  }
  return relative.format(0, 'second');
}

export const formatExact = (at: number): string => exact.format(at);
export const formatClock = (at: number): string => clock.format(at);
export const formatDayAndClock = (at: number): string => dayAndClock.format(at);
export const formatDay = (at: number): string => day.format(at);
export const formatShortDay = (at: number): string => shortDay.format(at);

/** A clock time when it is within twelve hours, else day and clock. */
export const formatWhen = (at: number, now: number): string => (Math.abs(at - now) < 12 * HOUR ? clock.format(at) : dayAndClock.format(at));

/** A stretch of time as `Sun 22 Nov, 14:00 – 18:00`, or with both days where they differ. */
export function formatSpan(from: number, to: number): string {
  const sameDay = shortDay.format(from) === shortDay.format(to - 1);
  const end = sameDay ? clock.format(to) : dayAndClock.format(to);
  return `${dayAndClock.format(from)} – ${end}`;
}

/** The value of a `datetime-local` input for a time, in the reader's zone, and back. */
export function toLocalInput(at: number): string {
  const local = new Date(at - new Date(at).getTimezoneOffset() * MINUTE);
  return local.toISOString().slice(0, 16);
}

export function fromLocalInput(text: string): number | undefined {
  const at = new Date(text).getTime();
  return Number.isNaN(at) ? undefined : at;
}

/** The reader's time zone, as an IANA name. */
export const timeZone = (): string => Intl.DateTimeFormat().resolvedOptions().timeZone || 'UTC';
