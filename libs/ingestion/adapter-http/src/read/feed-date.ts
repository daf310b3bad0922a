import { HOUR, MINUTE } from '@barometer/kernel';

/** The first three letters of months; those of other languages where they can mean one month only. */
const MONTHS: Readonly<Record<string, number>> = {
  jan: 1, feb: 2, mar: 3, apr: 4, may: 5, jun: 6, jul: 7, aug: 8, sep: 9, oct: 10, nov: 11, dec: 12,
  ene: 1, gen: 1, fev: 2, mrz: 3, abr: 4, avr: 4, mai: 5, mag: 5, giu: 6, lug: 7, ago: 8, aou: 8, set: 9, okt: 10, out: 10,
  ott: 10, dez: 12, dic: 12,
};

/** Offsets in hours of the zone names of RFC 822 and of those that feeds use all the same. */
const ZONES: Readonly<Record<string, number>> = {
  ut: 0, utc: 0, gmt: 0, z: 0, wet: 0, bst: 1, ist: 5.5, west: 1, cet: 1, cest: 2, mez: 1, mesz: 2, met: 1, mest: 2, eet: 2,
  eest: 3, msk: 3, est: -5, edt: -4, cst: -6, cdt: -5, mst: -7, mdt: -6, pst: -8, pdt: -7, akst: -9, akdt: -8, hst: -10,
  ast: -4, adt: -3, nst: -3.5, ndt: -2.5, et: -5, ct: -6, mt: -7, pt: -8, brt: -3, jst: 9, kst: 9, hkt: 8, sgt: 8, awst: 8,
  acst: 9.5, acdt: 10.5, aest: 10, aedt: 11, nzst: 12, nzdt: 13, sast: 2,
};

const TIME = String.raw`(\d{1,2}):?(\d{1,2})(?::?(\d{1,2})(?:[.,](\d{1,9}))?)?\s*([ap]m)?`;
const ISO = new RegExp(String.raw`^(\d{4})-?(\d{1,2})(?:-?(\d{1,2}))?(?:(?:T|\s+|$)(?:${TIME})?)?\s*(.*)$`, 'i');
const RFC_822 = new RegExp(String.raw`^(?:[a-z]+\.?,?\s*)?(\d{1,2})(?:st|nd|rd|th)?[\s-]+([a-z]{3})[a-z]*\.?,?[\s-]+(\d{4}|\d{2})(?:,?\s+${TIME})?\s*(.*)$`, 'i');
const AMERICAN = new RegExp(String.raw`^(?:[a-z]+\.?,?\s+)?([a-z]{3})[a-z]*\.?\s+(\d{1,2})(?:st|nd|rd|th)?,?\s+(?:(\d{4}),?\s+)?(?:at\s+)?${TIME}\s*([a-z]{2,5}\b)?\s*(\d{4})?\s*(.*)$`, 'i');

/**
 * Reads a date as feeds write it: RFC 822 with any weekday and zone, RFC 3339 and looser ISO forms, and the form of C's
 * asctime. Milliseconds since 1970; a date without a zone is taken as UTC; `undefined` when it can't be read.
 */
export function parseFeedDate(text: string | undefined): number | undefined {
  const value = text?.trim().slice(0, 80).normalize('NFD').replace(/\p{M}/gu, '').replace(/\s+/g, ' ');
  if (value === undefined || value === '') return undefined;
  return fromIso(value) ?? fromRfc822(value) ?? fromAmerican(value);
}

function fromIso(value: string): number | undefined {
  const match = ISO.exec(value);
  if (match === null) return undefined;
  const [, year, month, day, hour, minute, second, fraction, half, zone] = match;
  return time(Number(year), Number(month), Number(day ?? 1), [hour, minute, second, fraction, half], zone);
}

function fromRfc822(value: string): number | undefined {
  const match = RFC_822.exec(value);
  if (match === null) return undefined;
  const [, day, month, year, hour, minute, second, fraction, half, zone] = match;
  return time(fullYear(year ?? ''), monthOf(month), Number(day), [hour, minute, second, fraction, half], zone);
}

function fromAmerican(value: string): number | undefined {
  const match = AMERICAN.exec(value);
  if (match === null) return undefined;
  const [, month, day, yearBefore, hour, minute, second, fraction, half, name, yearAfter, rest] = match;
  const year = yearBefore ?? yearAfter;
  if (year === undefined) return undefined;
  return time(Number(year), monthOf(month), Number(day), [hour, minute, second, fraction, half], name ?? rest);
}

const monthOf = (name = ''): number => MONTHS[name.toLowerCase()] ?? 0;

/** RFC 2822: two digits below 50 are of this century. */
const fullYear = (year: string): number => (year.length > 2 ? Number(year) : Number(year) + (Number(year) < 50 ? 2000 : 1900));

type Clockface = readonly (string | undefined)[];

function time(year: number, month: number, day: number, clock: Clockface, zone: string | undefined): number | undefined {
  const [hours = '0', minutes = '0', seconds = '0', fraction = '0', half] = clock;
  const hour = half === undefined ? Number(hours) : (Number(hours) % 12) + (half.toLowerCase() === 'pm' ? 12 : 0);
  const offset = zoneOffset(zone?.trim() ?? '');
  if (month < 1 || month > 12 || day < 1 || day > daysIn(year, month) || offset === undefined) return undefined;
  if (hour > 24 || Number(minutes) > 59 || Number(seconds) > 60) return undefined;
  const milliseconds = Math.floor(Number(`0.${fraction}`) * 1000);
  return Date.UTC(year, month - 1, day, hour, Number(minutes), Number(seconds), milliseconds) - offset;
}

const daysIn = (year: number, month: number): number => new Date(Date.UTC(year, month, 0)).getUTCDate();

/** Milliseconds east of Greenwich; 0 without a zone; `undefined` where the rest of the text is no zone. */
function zoneOffset(zone: string): number | undefined {
  const named = zone.replace(/\s*\(.*\)$/, '').toLowerCase();
  const numeric = /^(?:utc|gmt|ut)?\s*([+-])(\d{1,2}):?(\d{2})?(?:\s+[a-z]{2,5})?$/.exec(named);
  if (numeric !== null) {
    const size = Number(numeric[2]) * HOUR + Number(numeric[3] ?? 0) * MINUTE;
    return size > 15 * HOUR ? 0 : numeric[1] === '-' ? -size : size;
  }
  // RFC 2822: an unknown name, like the military letters that RFC 822 got wrong, means UTC.
  if (named === '' || /^[a-z]{1,5}$/.test(named)) return (ZONES[named] ?? 0) * HOUR;
  return undefined;
}
