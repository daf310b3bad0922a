import { MINUTE } from '@barometer/kernel';
import type { QuietHours } from './rule';

const DAY_MINUTES = 24 * 60;
const minutesOf = (time: string): number => Number(time.slice(0, 2)) * 60 + Number(time.slice(3, 5));

/** The time of day in a time zone, in minutes. */
function localMinutes(now: number, timeZone: string): number {
  const parts = new Intl.DateTimeFormat('en-GB', { timeZone, hour: '2-digit', minute: '2-digit', hourCycle: 'h23' }).formatToParts(now);
  const part = (type: string) => Number(parts.find((one) => one.type === type)?.value ?? 0);
  return part('hour') * 60 + part('minute');
}

function isQuiet(quiet: QuietHours, now: number): boolean {
  const [from, to, local] = [minutesOf(quiet.from), minutesOf(quiet.to), localMinutes(now, quiet.timeZone)];
  return from <= to ? local >= from && local < to : local >= from || local < to;
}

/**
 * When somebody may be told: now, or the first minute after the quiet hours. Looks at the clock of the time zone minute by
 * minute, so that a change to or from summer time moves nothing.
 */
export function tellableAt(quiet: QuietHours | undefined, now: number): number {
  if (!quiet || !isQuiet(quiet, now)) return now;
  const start = Math.floor(now / MINUTE) * MINUTE;
  for (let minute = 1; minute <= DAY_MINUTES + 120; minute += 1) if (!isQuiet(quiet, start + minute * MINUTE)) return start + minute * MINUTE;
  return now;
}
