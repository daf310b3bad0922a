/** Offsets in hours of the zone names of RFC 822 and of others that feeds use. */
const ZONES: Readonly<Record<string, number>> = {
  ut: 0,
  utc: 0,
  gmt: 0,
  z: 0,
  wet: 0,
  bst: 1,
  ist: 5.5,
  west: 1,
  cet: 1,
  cest: 2,
  mez: 1,
  mesz: 2,
  met: 1,
  mest: 2,
  eet: 2,
  eest: 3,
  msk: 3,
  est: -5,
  edt: -4,
  cst: -6,
  cdt: -5,
  mst: -7,
  mdt: -6,
  pst: -8,
  pdt: -7,
  akst: -9,
  akdt: -8,
  hst: -10,
  ast: -4,
  adt: -3,
  nst: -3.5,
  ndt: -2.5,
  et: -5,
  ct: -6,
  mt: -7,
  pt: -8,
  brt: -3,
  jst: 9,
  kst: 9,
  hkt: 8,
  sgt: 8,
  awst: 8,
  acst: 9.5,
  acdt: 10.5,
  aest: 10,
  aedt: 11,
  nzst: 12,
  nzdt: 13,
  sast: 2,
  wib: 7,
  pkt: 5,
  npt: 5.75,
  gst: 4,
  eat: 3,
  wat: 1,
  cat: 2,
  trt: 3,
};

/** Zones as Windows and JavaScript spell them out. */
const LONG_NAMES: readonly (readonly [RegExp, (isSummer: boolean) => number])[] = [
  [/^(eastern|us eastern)$/, (summer) => (summer ? -4 : -5)],
  [/^central$/, (summer) => (summer ? -5 : -6)],
  [/^mountain$/, (summer) => (summer ? -6 : -7)],
  [/^pacific$/, (summer) => (summer ? -7 : -8)],
  [/^alaskan?$/, (summer) => (summer ? -8 : -9)],
  [/^hawaii(an|-aleutian)?$/, () => -10],
  [/^atlantic$/, (summer) => (summer ? -3 : -4)],
  [/^newfoundland$/, (summer) => (summer ? -2.5 : -3.5)],
  [/^(greenwich mean|coordinated universal|universal coordinated|universal|gmt|western european)$/, (summer) => (summer ? 1 : 0)],
  [/^(british|irish)$/, () => 1],
  [/^(central european|w\. europe|romance|central europe|middle european)$/, (summer) => (summer ? 2 : 1)],
  [/^eastern european$/, (summer) => (summer ? 3 : 2)],
  [/^(moscow|arabian?|east africa)$/, () => 3],
  [/^(gulf)$/, () => 4],
  [/^(india|indian)$/, () => 5.5],
  [/^nepal$/, () => 5.75],
  [/^(china|singapore|hong kong|australian western|philippine)$/, () => 8],
  [/^(japan|korea|korean)$/, () => 9],
  [/^australian central$/, (summer) => (summer ? 10.5 : 9.5)],
  [/^(australian eastern|aus eastern)$/, (summer) => (summer ? 11 : 10)],
  [/^new zealand$/, (summer) => (summer ? 13 : 12)],
  [/^(brasilia|e\. south america)$/, () => -3],
  [/^(south africa|central africa)$/, () => 2],
];

/** A local time in its zone; the month from 1. */
export interface CivilTime {
  readonly year: number;
  readonly month: number;
  readonly day: number;
  readonly hour: number;
  readonly minute: number;
  readonly second: number;
}

const MOST_MINUTES = 15 * 60;

/**
 * The offset from UTC, in minutes eastwards, in the text after a time of day; 0 if there is none. A numeric offset takes
 * precedence over a name beside it. `undefined` if the text is not a zone.
 */
export function zoneOffset(zone: string, at: CivilTime): number | undefined {
  const [, bracketed] = /\[([\w/+-]+)\]/.exec(zone) ?? [];
  const [, commented] = /\(([^)]*)\)?/.exec(zone) ?? [];
  const plain = zone
    .replace(/\[[^\]]*\]?|\([^)]*\)?/g, ' ')
    .trim()
    .toLowerCase();
  const numeric = /^(?:utc|gmt|ut|[a-z]{1,5})?\s*([+-])\s?(\d{1,2}):?(\d{2})?(?::\d{2})?(?:\s*[a-z][a-z .]*)?$/.exec(plain);
  if (numeric) {
    const size = Number(numeric[2]) * 60 + Number(numeric[3] ?? 0);
    return size > MOST_MINUTES ? 0 : numeric[1] === '-' ? -size : size;
  }
  const named = plain === '' ? (commented ?? '').trim().toLowerCase() : plain;
  if (bracketed !== undefined && plain === '') return ofPlace(bracketed, at) ?? 0;
  return ofName(named, at);
}

function ofName(name: string, at: CivilTime): number | undefined {
  if (name === '') return 0;
  const spelt = /^(.+?)\s+(standard|daylight|summer|winter)?\s*time$/.exec(name);
  const long = spelt && LONG_NAMES.find(([form]) => form.test(spelt[1] ?? ''));
  if (long) return long[1](/daylight|summer/.test(spelt[2] ?? '')) * 60;
  // RFC 2822: an unknown name, like the military letters that RFC 822 got wrong, means UTC.
  if (/^[a-z]{1,5}$/.test(name)) return (ZONES[name] ?? 0) * 60;
  return /^[a-z]+\/[a-z_/+-]+$/.test(name) ? ofPlace(name, at) : spelt ? 0 : undefined;
}

/** The offset of a zone such as Europe/Berlin at that local time; `undefined` if there is no such zone. */
function ofPlace(place: string, { year, month, day, hour, minute, second }: CivilTime): number | undefined {
  const wall = Date.UTC(year, month - 1, day, hour, minute, second);
  try {
    const first = offsetAt(place, wall);
    // The first result took local time for UTC, so compute again with the offset that was found.
    return offsetAt(place, wall - first * 60_000);
  } catch {
    return undefined;
  }
}

function offsetAt(timeZone: string, time: number): number {
  const name =
    new Intl.DateTimeFormat('en', { timeZone, timeZoneName: 'longOffset' }).formatToParts(time).find(({ type }) => type === 'timeZoneName')?.value ?? '';
  const [, sign = '+', hours = '0', minutes = '0'] = /GMT([+-])(\d{2}):(\d{2})/.exec(name) ?? [];
  const size = Number(hours) * 60 + Number(minutes);
  return sign === '-' ? -size : size;
}
