import type { Random } from './random';

export const SECONDS_A_DAY = 86_400;
const HOUR_SECONDS = 3_600;

/** The arrival of news over a day. */
export interface Traffic {
  /** Articles that are published in each second of the day. */
  readonly published: Float64Array;
  /** The number of bursts. */
  readonly bursts: number;
}

/** The afternoon has four times the articles of the night. */
const RHYTHM = 0.6;
const BUSIEST_HOUR = 14;
/** Bursts, for events that many feeds report: so many a day on average, with a duration and a factor over the usual rate. */
const BURSTS = 6;
const burstMinutes = { least: 5, most: 40 };
const burstFactor = { least: 1.5, most: 4 };
/** Standard deviation of the rate from minute to minute. */
const NOISE = 0.1;

/** A day with this many articles: a daily rhythm, bursts and noise. The same seed gives the same day. */
export function trafficOf(articlesPerDay: number, random: Random): Traffic {
  const rate = Float64Array.from({ length: SECONDS_A_DAY }, (_, second) => 1 + RHYTHM * Math.cos((2 * Math.PI * (second / HOUR_SECONDS - BUSIEST_HOUR)) / 24));
  for (let start = 0; start < SECONDS_A_DAY; start += 60) {
    const factor = Math.max(0, 1 + NOISE * random.normal());
    for (let second = start; second < start + 60; second += 1) rate[second] = (rate[second] ?? 0) * factor;
  }
  const bursts = Math.round(Math.max(0, BURSTS + Math.sqrt(BURSTS) * random.normal()));
  for (let burst = 0; burst < bursts; burst += 1) {
    const [begin, length, factor] = [
      Math.floor(random.next() * SECONDS_A_DAY),
      60 * random.between(burstMinutes.least, burstMinutes.most),
      random.between(burstFactor.least, burstFactor.most),
    ];
    // A burst begins at once and fades.
    for (let second = begin; second < Math.min(SECONDS_A_DAY, begin + length); second += 1)
      rate[second] = (rate[second] ?? 0) * (1 + (factor - 1) * (1 - (second - begin) / length));
  }
  const total = rate.reduce((sum, one) => sum + one, 0);
  return { published: rate.map((one) => (one * articlesPerDay) / total), bursts };
}
