import { perLocale } from '../i18n/language';
import { t } from '../i18n/translate';

export const SECOND = 1_000;
export const MINUTE = 60 * SECOND;
export const HOUR = 60 * MINUTE;
export const DAY = 24 * HOUR;

const relative = perLocale((locale) => new Intl.RelativeTimeFormat(locale, { numeric: 'auto', style: 'short' }));
const exact = perLocale((locale) => new Intl.DateTimeFormat(locale, { dateStyle: 'full', timeStyle: 'medium' }));
const clock = perLocale((locale) => new Intl.DateTimeFormat(locale, { hour: '2-digit', minute: '2-digit' }));
const dayAndClock = perLocale(
  (locale) => new Intl.DateTimeFormat(locale, { weekday: 'short', day: 'numeric', month: 'short', hour: '2-digit', minute: '2-digit' }),
);
const day = perLocale((locale) => new Intl.DateTimeFormat(locale, { weekday: 'short', day: 'numeric', month: 'short' }));
const weekday = perLocale((locale) => new Intl.DateTimeFormat(locale, { weekday: 'long', timeZone: 'UTC' }));
const shortDay = perLocale((locale) => new Intl.DateTimeFormat(locale, { day: 'numeric', month: 'short' }));

const steps: readonly (readonly [Intl.RelativeTimeFormatUnit, number])[] = [
  ['day', DAY],
  ['hour', HOUR],
  ['minute', MINUTE],
];

/** How far a time is from now, in the reader's words: `4 min. ago`, `in 2 hr.`, `now`. */
export function formatAgo(at: number, now: number): string {
  const distance = at - now;
  for (const [unit, length] of steps) {
    if (Math.abs(distance) >= length) return relative().format(Math.trunc(distance / length), unit);
  }
  return relative().format(0, 'second');
}

export const formatExact = (at: number): string => exact().format(at);
export const formatClock = (at: number): string => clock().format(at);
export const formatDayAndClock = (at: number): string => dayAndClock().format(at);
export const formatDay = (at: number): string => day().format(at);
export const formatShortDay = (at: number): string => shortDay().format(at);

/** A time of day if it is within twelve hours, else day and time. */
export const formatWhen = (at: number, now: number): string => (Math.abs(at - now) < 12 * HOUR ? clock().format(at) : dayAndClock().format(at));

/** A stretch of time as `Sun 22 Nov, 14:00 – 18:00`, or with both days where they differ. */
export function formatSpan(from: number, to: number): string {
  const sameDay = shortDay().format(from) === shortDay().format(to - 1);
  const end = sameDay ? clock().format(to) : dayAndClock().format(to);
  return t('timeline.span', { from: dayAndClock().format(from), to: end });
}

/** A duration in its largest whole unit: `3 hours`, `1 day`; less than a minute counts as one. */
export function formatDuration(length: number): string {
  const [unit, size] = steps.find(([, one]) => length >= one) ?? ['minute', MINUTE];
  return duration(unit).format(Math.max(1, Math.trunc(length / size)));
}

const durations = perLocale(
  (locale) => new Map<string, Intl.NumberFormat>(steps.map(([unit]) => [unit, new Intl.NumberFormat(locale, { style: 'unit', unit, unitDisplay: 'long' })])),
);
const duration = (unit: string): Intl.NumberFormat => durations().get(unit) ?? new Intl.NumberFormat();

/** The name of a weekday, 0 for Monday. */
export const formatWeekday = (day: number): string => weekday().format(Date.UTC(2026, 10, 23 + day, 12));

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
