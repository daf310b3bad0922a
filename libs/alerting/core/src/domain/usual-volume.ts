import type { HourVolume } from './facts';

/** Days before a window that say how much is usual. */
export const VOLUME_DAYS = 28;
/** With fewer such windows nothing is said. */
const LEAST_WINDOWS = 4;

/** 0 is a Thursday, the first of January 1970: Saturdays and Sundays are 2 and 3. */
const isWeekend = (hour: number): boolean => [2, 3].includes(Math.floor(hour / 24) % 7);

/** Sums over windows of hours, by the hour that each ends with. */
export class WindowSums {
  private readonly byHour: ReadonlyMap<number, HourVolume>;

  constructor(hours: readonly HourVolume[]) {
    this.byHour = new Map(hours.map((one) => [one.hour, one]));
  }

  of(end: number, length: number): { readonly volume: number; readonly tones: number } {
    let [volume, tones] = [0, 0];
    for (let hour = end - length + 1; hour <= end; hour += 1) {
      const one = this.byHour.get(hour);
      volume += one?.volume ?? 0;
      tones += one?.tones ?? 0;
    }
    return { volume, tones };
  }
}

/**
 * The usual number of articles of a window: the median of the same hours of the 28 days before, working days and
 * weekends apart, of those whose last hour was listened to. `undefined` with fewer than four.
 */
export function usualVolume(sums: WindowSums, observed: ReadonlySet<number>, end: number, length: number): number | undefined {
  const found: number[] = [];
  for (let day = Math.ceil(length / 24); day <= VOLUME_DAYS; day += 1) {
    const hour = end - day * 24;
    if (observed.has(hour) && isWeekend(hour) === isWeekend(end)) found.push(sums.of(hour, length).volume);
  }
  if (found.length < LEAST_WINDOWS) return undefined;
  found.sort((one, other) => one - other);
  const middle = Math.floor(found.length / 2);
  return found.length % 2 === 1 ? found[middle] : ((found[middle - 1] ?? 0) + (found[middle] ?? 0)) / 2;
}
