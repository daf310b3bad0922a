import { MINUTE } from '@barometer/kernel';
import { zoneOffset, type CivilTime } from './feed-zone';

/** The beginnings of month names, and of those of other languages if they are unambiguous. */
const MONTHS: Readonly<Record<string, number>> = {
  jan: 1,
  feb: 2,
  mar: 3,
  apr: 4,
  may: 5,
  jun: 6,
  jul: 7,
  aug: 8,
  sep: 9,
  oct: 10,
  nov: 11,
  dec: 12,
  ene: 1,
  gen: 1,
  fev: 2,
  mrz: 3,
  abr: 4,
  avr: 4,
  mai: 5,
  mag: 5,
  maj: 5,
  giu: 6,
  juin: 6,
  lug: 7,
  juil: 7,
  ago: 8,
  aou: 8,
  set: 9,
  okt: 10,
  out: 10,
  ott: 10,
  dez: 12,
  dic: 12,
};

const WEEKDAY = String.raw`(?:[a-z]+\.?(?:,\s*|\s+)(?:-\s*)?)?`;
const YEAR = String.raw`(\d{4}|'?\d{2})(?![\d:])`;
const ORDINAL = String.raw`(?:st|nd|rd|th|er|\.)?`;

/** A date format: its pattern, and how to read its groups. A time of day may follow. */
const DAYS: readonly (readonly [RegExp, (parts: readonly string[]) => Day | undefined])[] = [
  // 2026-03-03, 2026/3/3, 2026.03.03, 2026-03, and as one number.
  [/^(\d{4})([-/.])(\d{1,2})(?:\2(\d{1,2}))?(?!\d)/, ([, year, , month, day = '1']) => dayOf(year, month, day)],
  [/^(\d{4})(\d{2})(\d{2})(?=t|\s|$)/i, ([, year, month, day]) => dayOf(year, month, day)],
  // 3 Mar 2026, Tuesday, 3rd of March 2026, 03-Mar-26.
  [
    new RegExp(`^${WEEKDAY}(?:the )?(\\d{1,2})${ORDINAL}[\\s-]*(?:of |de )?([a-z]{3,})\\.?,?(?: de)?[\\s,-]+${YEAR}`, 'i'),
    ([, day, month, year]) => dayOf(year, month, day),
  ],
  // March 3, 2026; Sunday, March 3rd 2026.
  [new RegExp(`^${WEEKDAY}([a-z]{3,})\\.?\\s+(\\d{1,2})${ORDINAL},?\\s+(\\d{4})(?![\\d:])`, 'i'), ([, month, day, year]) => dayOf(year, month, day)],
  // 15.11.2026 and 15-11-2026 have the day first; 11/15/2026, as Americans write it, the month, unless that is none.
  [
    new RegExp(`^${WEEKDAY}(\\d{1,2})([./-])(\\d{1,2})\\2${YEAR}`, 'i'),
    ([, first, separator, second, year]) => {
      const isMonthFirst = separator === '/' && Number(first) <= 12;
      return isMonthFirst ? dayOf(year, first, second) : dayOf(year, second, first);
    },
  ],
];

/** The formats of C's asctime and of the date command: the year comes last. */
const YEAR_LAST = /^(?:[a-z]+\.?,?\s+)?([a-z]{3,})\.?\s+(\d{1,2}),?\s+(\d{1,2}:\d{2}(?::\d{2})?(?:\s?[ap]m)?)\s+(?:(.*?)\s)??((?:19|20)\d{2})(?:\s+(.*))?$/i;
/** The time before the day: 17:00, 15 November 2026. */
const TIME_FIRST = /^(\d{1,2}:\d{2}(?::\d{2})?(?:\s?[ap]\.?m\.?)?)\s*(\(?[a-z]{1,5}\)?)?[\s,|-]+(?=\S*[a-z\d].*\d)(.*)$/i;
const CLOCK = /^(\d{1,2})(?:(?::|h|\.(?=\d{2}(?!\d)))?(\d{1,2}))?(?:[:.]?(\d{1,2})(?:[.,](\d{1,9}))?)?(?:\s*([ap])\.?\s?m\b\.?)?(?:\s*(?:uhr|hrs?|h)\b)?/i;

/** Seconds since 1970 have ten digits until 2286, milliseconds thirteen. */
const EPOCH = /^(\d{10})(\d{3})?(?:\.\d+)?$/;

interface Day {
  readonly year: number;
  readonly month: number;
  readonly day: number;
}

/**
 * Reads a date as feeds write it: RFC 822 with any weekday and zone, RFC 3339 and looser ISO forms, the forms of
 * JavaScript, asctime and databases, dates in words, numeric ones (with dots or dashes the day is first, with slashes the
 * month, where both are possible), and seconds since 1970. Milliseconds since 1970; a date without a zone is taken as UTC;
 * `undefined` when it can't be read, or is none, such as 31 February.
 */
export function parseFeedDate(text: string | undefined): number | undefined {
  const value = text
    ?.slice(0, 200)
    .normalize('NFKD')
    .replace(/[\p{M}\u200b\u200e\u200f\u2060]/gu, '')
    .replace(/[\u2010-\u2015\u2212]/g, '-')
    .replace(/\s+/g, ' ')
    .trim()
    .slice(0, 100);
  if (value === undefined || value === '') return undefined;
  const epoch = EPOCH.exec(value);
  if (epoch) return Number(epoch[1]) * 1_000 + Number(epoch[2] ?? 0);
  return dayThenTime(value) ?? yearLast(value) ?? timeFirst(value);
}

function dayThenTime(value: string): number | undefined {
  for (const [form, read] of DAYS) {
    const match = form.exec(value);
    const day = match && read(match);
    if (match && day) return timeOfDay(day, value.slice(match[0].length));
  }
  return undefined;
}

function yearLast(value: string): number | undefined {
  const match = YEAR_LAST.exec(value);
  if (!match) return undefined;
  const [, month, day, clock = '', before = '', year, after = ''] = match;
  const found = dayOf(year, month, day);
  return found && timeOfDay(found, ` ${clock} ${before === '' ? after : before}`);
}

function timeFirst(value: string): number | undefined {
  const match = TIME_FIRST.exec(value);
  if (!match) return undefined;
  const [, clock = '', zone = '', rest = ''] = match;
  for (const [form, read] of DAYS) {
    const found = form.exec(rest);
    const day = found && read(found);
    if (found && day) return timeOfDay(day, ` ${clock} ${zone}${rest.slice(found[0].length)}`);
  }
  return undefined;
}

function dayOf(yearText = '', monthText = '', dayText = ''): Day | undefined {
  const digits = yearText.replace("'", '');
  // RFC 2822: two digits below 50 are of this century.
  const year = digits.length > 2 ? Number(digits) : Number(digits) + (Number(digits) < 50 ? 2000 : 1900);
  const name = monthText.toLowerCase();
  const month = /^\d+$/.test(name) ? Number(name) : (MONTHS[name.slice(0, 4)] ?? MONTHS[name.slice(0, 3)] ?? 0);
  const day = Number(dayText);
  if (month < 1 || month > 12 || day < 1 || day > daysIn(year, month)) return undefined;
  return { year, month, day };
}

const daysIn = (year: number, month: number): number => new Date(Date.UTC(year, month, 0)).getUTCDate();

/** Reads what follows the day: nothing, a zone, or a time of day with or without a zone. */
function timeOfDay(day: Day, rest: string): number | undefined {
  const text = rest.replace(/^[\s,|;]*(?:t(?=\s?\d)|-\s|at\s|um\s|a las\s)?[\s,|;]*/i, '').trim();
  if (text === '' || /^(z|[+-]\d{2}:?\d{2})$/i.test(text)) return instant({ ...day, hour: 0, minute: 0, second: 0 }, 0, text);
  const match = CLOCK.exec(text);
  if (!match) return undefined;
  const [all, hours = '0', minutes = '0', seconds = '0', fraction = '0', half] = match;
  const hour = half === undefined || Number(hours) > 12 ? Number(hours) : (Number(hours) % 12) + (half.toLowerCase() === 'p' ? 12 : 0);
  if (hour > 24 || Number(minutes) > 59 || Number(seconds) > 60 || !isClock(all)) return undefined;
  return instant({ ...day, hour, minute: Number(minutes), second: Number(seconds) }, Math.floor(Number(`0.${fraction}`) * 1000), text.slice(all.length));
}

/** A number alone is a time of day if it has four digits or "pm". */
const isClock = (text: string): boolean => /^\d{4}(\d{2})?\b/.test(text) || /[:.h]|[ap]\.?\s?m/i.test(text);

function instant(civil: CivilTime, milliseconds: number, zone: string): number | undefined {
  const offset = zoneOffset(zone.trim(), civil);
  if (offset === undefined) return undefined;
  const { year, month, day, hour, minute, second } = civil;
  return Date.UTC(year, month - 1, day, hour, minute, second, milliseconds) - offset * MINUTE;
}
