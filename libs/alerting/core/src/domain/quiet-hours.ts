import { MINUTE } from '@barometer/kernel';
import { localTime, minutesOf } from './local-time';
import type { QuietHours } from './rule';

const DAY_MINUTES = 24 * 60;

function isQuiet(quiet: QuietHours, now: number): boolean {
  const [from, to, local] = [minutesOf(quiet.from), minutesOf(quiet.to), localTime(now, quiet.timeZone).minutes];
  return from <= to ? local >= from && local < to : local >= from || local < to;
}

/**
 * When a notice may be sent: now, or in the first minute after the quiet hours. Checks the clock of the time zone minute
 * by minute, so that the change to or from summer time needs no special case.
 */
export function tellableAt(quiet: QuietHours | undefined, now: number): number {
  if (!quiet || !isQuiet(quiet, now)) return now;
  const start = Math.floor(now / MINUTE) * MINUTE;
  for (let minute = 1; minute <= DAY_MINUTES + 120; minute += 1) if (!isQuiet(quiet, start + minute * MINUTE)) return start + minute * MINUTE;
  return now;
}
