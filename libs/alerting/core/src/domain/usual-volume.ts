import type { HourVolume } from './facts';

/** Days before a window from which its usual volume is computed. */
export const VOLUME_DAYS = 28;
/** With fewer such windows, there is no usual volume. */
const LEAST_WINDOWS = 4;

/** Day 0, the first of January 1970, is a Thursday: Saturdays and Sundays are 2 and 3. */
const isWeekend = (hour: number): boolean => [2, 3].includes(Math.floor(hour / 24) % 7);

/** Sums over windows of hours, by the last hour of each. */
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
 * The usual number of articles of a window: the median of the same hours in the 28 days before, working days and
 * weekends apart, counting windows whose last hour was observed. `undefined` with fewer than four.
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
