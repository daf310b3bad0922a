import { addContribution, contributionOf } from '@barometer/kernel';
import { noCounts } from '../domain/figures';
import type { HourCounts } from '../domain/report';
import type { SourceHours } from '../domain/packed-hours';

/** The same numbers in 0...1 for the same seed (mulberry32). */
export function randomFrom(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let value = Math.imul(state ^ (state >>> 15), state | 1);
    value ^= value + Math.imul(value ^ (value >>> 7), value | 61);
    return ((value ^ (value >>> 14)) >>> 0) / 2 ** 32;
  };
}

/** A source of simulated news. */
export interface SimulatedSource {
  readonly id: string;
  /** The source's offset from the common tone. */
  readonly bias: number;
  /** Stories per day that begin with this source. */
  readonly perDay: number;
  /** A factor for its volume on a day (whole days since 1970). */
  readonly activity?: (day: number) => number;
}

export interface SimulatedNews {
  readonly seed: number;
  readonly sources: readonly SimulatedSource[];
  readonly firstHour: number;
  readonly hours: number;
  /** The mood of an hour, common to all sources. */
  readonly mood?: (hour: number) => number;
  /** The number of articles of a story, including the first; 1 by default. Copies are from other sources. */
  readonly copies?: (random: () => number) => number;
  /** Copies follow within this many hours. */
  readonly copiesWithin?: number;
  /** A factor for the volume of an hour. */
  readonly rhythm?: (hour: number) => number;
}

/** Most headlines have a clear tone: three in ten are negative, half neutral, two in ten positive, each with some variation. */
function toneOf(random: () => number): number {
  const kind = random();
  const strength = 0.35 + 0.6 * random();
  return kind < 0.32 ? -strength : kind < 0.8 ? (random() - 0.5) * 0.4 : strength;
}

export const normalFrom = (random: () => number): number => Math.sqrt(-2 * Math.log(1 - random())) * Math.cos(2 * Math.PI * random());

function poissonFrom(random: () => number, mean: number): number {
  if (mean > 30) return Math.max(0, Math.round(mean + Math.sqrt(mean) * normalFrom(random)));
  const limit = Math.exp(-mean);
  let count = 0;
  for (let product = random(); product > limit; product *= random()) count += 1;
  return count;
}

/** Newsrooms sleep: the busiest hour has about four times the volume of the quietest. */
export const dailyRhythm = (hour: number): number => 1 + 0.6 * Math.sin(((hour % 24) - 8) * (Math.PI / 12));

/** The counts of such news in a store, by source and hour. */
export function simulateNews({
  seed,
  sources,
  firstHour,
  hours,
  mood = () => 0,
  copies = () => 1,
  copiesWithin = 8,
  rhythm = dailyRhythm,
}: SimulatedNews): SourceHours {
  const random = randomFrom(seed);
  const found = new Map(sources.map(({ id }) => [id, new Map<number, HourCounts>()]));
  const count = ({ id, bias }: SimulatedSource, hour: number, tone: number) => {
    const shifted = Math.max(-1, Math.min(1, tone + bias));
    const label = shifted < -0.3 ? 'negative' : shifted > 0.3 ? 'positive' : 'neutral';
    const rows = found.get(id);
    rows?.set(hour, { hour, ...addContribution(rows.get(hour) ?? noCounts, contributionOf({ label, tone: shifted })) });
  };
  for (let hour = firstHour; hour < firstHour + hours; hour += 1) {
    for (const source of sources) {
      const stories = poissonFrom(random, (source.perDay / 24) * rhythm(hour) * (source.activity?.(Math.floor(hour / 24)) ?? 1));
      for (let story = 0; story < stories; story += 1) {
        const tone = toneOf(random) + mood(hour);
        count(source, hour, tone);
        for (let copy = copies(random); copy > 1; copy -= 1) {
          const other = sources[Math.floor(random() * sources.length)] ?? source;
          const at = hour + Math.floor(random() * copiesWithin);
          if (at < firstHour + hours && (other.activity?.(Math.floor(at / 24)) ?? 1) > 0) count(other, at, tone);
        }
      }
    }
  }
  return new Map([...found].map(([id, rows]) => [id, [...rows.values()].sort((one, other) => one.hour - other.hour)]));
}

/** The simulated (or stored) hours from `first` to before `end`. */
export function hoursBetween(rows: SourceHours, first: number, end: number): SourceHours {
  return new Map([...rows].map(([id, hours]) => [id, hours.filter(({ hour }) => hour >= first && hour < end)]));
}

/** The mean tone over all sources. */
export function toneOver(rows: SourceHours): number {
  let [total, volume] = [0, 0];
  for (const hours of rows.values()) {
    for (const { toneSum, negative, neutral, positive } of hours) {
      total += toneSum;
      volume += negative + neutral + positive;
    }
  }
  return total / 1e6 / volume;
}
