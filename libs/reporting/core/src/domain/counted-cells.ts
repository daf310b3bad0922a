import { fromMicro } from '@barometer/kernel';
import type { PackedHours } from './packed-hours';

const dayOf = (hour: number): number => Math.floor(hour / 24);

/**
 * Sums for groups of hours or of sources by day: the number of articles, and the sum of their tones (-1...1 each); the
 * index is `group * days + day`.
 */
export interface DaySums {
  readonly counts: Float64Array;
  readonly totals: Float64Array;
}

/**
 * The observed hours of a history, summed by hour, and by source and day. Residuals of a model with one part per source
 * and one per hour can be computed from these and from `bySource` and `byHour`, so that the rows themselves are not
 * copied.
 */
export interface CountedCells {
  readonly sources: readonly string[];
  /** The first hour of the first day, in whole hours since 1970. */
  readonly firstHour: number;
  readonly days: number;
  /** By hour, from `firstHour`. */
  readonly hours: DaySums;
  readonly sourceDays: DaySums;
  /** Sum of squared deviations of articles from the mean of their source and hour, and its degrees of freedom. */
  readonly squares: number;
  readonly degrees: number;
  /** Sums, over articles, of a value of their hour, by source and day. */
  bySource(ofHour: Float64Array): Generator<void, Float64Array>;
  /** Sums, over articles, of a value of their source, by hour. */
  byHour(ofSource: Float64Array): Generator<void, Float64Array>;
}

/** Sums up a history in steps of one day's rows, between which other work may run. `undefined` if nothing was observed. */
export function* countCells(history: readonly PackedHours[], observed: ReadonlySet<number>): Generator<void, CountedCells | undefined> {
  const span = yield* spanOf(history, observed);
  if (!span) return undefined;
  const firstHour = span.first * 24;
  const days = span.last - span.first + 1;
  const isSeen = Uint8Array.from({ length: days * 24 }, (_, at) => Number(observed.has(firstHour + at)));
  const { sources, own } = indexed(history);
  const hours = sumsOf(days * 24);
  const sourceDays = sumsOf(sources.length * days);
  let [squares, degrees] = [0, 0];

  /** Calls `work` for every row that counts: its source, its hour, its index by source and day, and its number of articles. */
  function* rows(work: (source: number, at: number, place: number, volume: number, packed: PackedHours, row: number) => void): Generator<void> {
    for (const [index, packed] of history.entries()) {
      const of = own[index] ?? new Int32Array();
      for (let row = 0; row < packed.hour.length; row += 1) {
        const at = (packed.hour[row] ?? 0) - firstHour;
        const volume = packed.volume[row] ?? 0;
        if (volume === 0 || isSeen[at] !== 1) continue;
        const source = of[packed.source[row] ?? 0] ?? 0;
        work(source, at, source * days + Math.floor(at / 24), volume, packed, row);
      }
      yield;
    }
  }

  yield* rows((_, at, place, volume, packed, row) => {
    const tones = fromMicro(packed.toneSum[row] ?? 0);
    add(hours, at, volume, tones);
    add(sourceDays, place, volume, tones);
    if (volume < 2) return;
    squares += Math.max(0, fromMicro(packed.toneSquares[row] ?? 0) - tones ** 2 / volume);
    degrees += volume - 1;
  });
  return {
    sources,
    firstHour,
    days,
    hours,
    sourceDays,
    squares,
    degrees,
    *bySource(ofHour) {
      const found = new Float64Array(sources.length * days);
      yield* rows((_, at, place, volume) => {
        found[place] = (found[place] ?? 0) + volume * (ofHour[at] ?? 0);
      });
      return found;
    },
    *byHour(ofSource) {
      const found = new Float64Array(days * 24);
      yield* rows((source, at, _, volume) => {
        found[at] = (found[at] ?? 0) + volume * (ofSource[source] ?? 0);
      });
      return found;
    },
  };
}

const sumsOf = (size: number): DaySums => ({ counts: new Float64Array(size), totals: new Float64Array(size) });

function add({ counts, totals }: DaySums, at: number, count: number, total: number): void {
  counts[at] = (counts[at] ?? 0) + count;
  totals[at] = (totals[at] ?? 0) + total;
}

/** All sources, and for each part of the history the indexes of its sources among them. */
function indexed(history: readonly PackedHours[]): { readonly sources: readonly string[]; readonly own: readonly Int32Array[] } {
  const indexes = new Map<string, number>();
  const own = history.map((packed) =>
    Int32Array.from(packed.sources, (id) => {
      const index = indexes.get(id) ?? indexes.size;
      indexes.set(id, index);
      return index;
    }),
  );
  return { sources: [...indexes.keys()], own };
}

/** The first and the last day with an observed article. */
function* spanOf(
  history: readonly PackedHours[],
  observed: ReadonlySet<number>,
): Generator<void, { readonly first: number; readonly last: number } | undefined> {
  let [first, last] = [Infinity, -Infinity];
  for (const { hour, volume } of history) {
    // A day has many rows, but few hours.
    const spoken = new Set<number>();
    for (let row = 0; row < hour.length; row += 1) if (volume[row] !== 0) spoken.add(hour[row] ?? 0);
    for (const one of spoken) {
      if (!observed.has(one)) continue;
      first = Math.min(first, dayOf(one));
      last = Math.max(last, dayOf(one));
    }
    yield;
  }
  return first <= last ? { first, last } : undefined;
}
