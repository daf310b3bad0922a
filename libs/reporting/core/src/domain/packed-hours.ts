import { fromMicro } from '@barometer/kernel';
import { volumeOf } from './figures';
import type { HourCounts } from './report';

/** The scored hours of a scope, by source. */
export type SourceHours = ReadonlyMap<string, readonly HourCounts[]>;

/** Scored hours by source, a few bytes each: weeks of a busy store are read for one answer. Row by row, in no order. */
export interface PackedHours {
  readonly sources: readonly string[];
  /** Index into `sources`. */
  readonly source: Int32Array;
  /** Whole hours since 1970. */
  readonly hour: Int32Array;
  readonly volume: Int32Array;
  /** In millionths. */
  readonly toneSum: Float64Array;
  readonly toneSquares: Float64Array;
}

/** Rows of a source may come in several parts. */
export function packHours(parts: Iterable<readonly [string, readonly HourCounts[]]>): PackedHours {
  const all = [...parts];
  const sources = [...new Set(all.map(([id]) => id))];
  const indexes = new Map(sources.map((id, index) => [id, index]));
  const size = all.reduce((total, [, hours]) => total + hours.length, 0);
  const packed = {
    sources, source: new Int32Array(size), hour: new Int32Array(size), volume: new Int32Array(size), toneSum: new Float64Array(size), toneSquares: new Float64Array(size),
  };
  let at = 0;
  for (const [id, hours] of all) {
    for (const one of hours) {
      packed.source[at] = indexes.get(id) ?? 0;
      packed.hour[at] = one.hour;
      packed.volume[at] = volumeOf(one);
      packed.toneSum[at] = one.toneSum;
      packed.toneSquares[at] = one.toneSquares;
      at += 1;
    }
  }
  return packed;
}

/** Who spoke in a window, and when. */
export interface Speakers {
  readonly volume: number;
  /** By source: articles, and the sum of their tones in -1...1 each. */
  readonly sources: ReadonlyMap<string, { readonly volume: number; readonly tones: number }>;
  /** Articles by hour. */
  readonly hours: ReadonlyMap<number, number>;
}

/** Collects the speakers of neighbouring windows, each from `edges[i]` to before `edges[i + 1]`, in one walk over the rows. */
export class SpeakersOf {
  private readonly found: { volume: number; sources: Map<string, { volume: number; tones: number }>; hours: Map<number, number> }[];
  private readonly windowAt = new Map<number, number>();

  constructor(windows: readonly { readonly first: number; readonly end: number }[]) {
    this.found = windows.map(() => ({ volume: 0, sources: new Map(), hours: new Map() }));
    windows.forEach(({ first, end }, index) => {
      for (let hour = first; hour < end; hour += 1) this.windowAt.set(hour, index);
    });
  }

  add(rows: PackedHours): void {
    for (let at = 0; at < rows.hour.length; at += 1) {
      const hour = rows.hour[at] ?? 0;
      const window = this.found[this.windowAt.get(hour) ?? -1];
      const volume = rows.volume[at] ?? 0;
      if (!window || volume === 0) continue;
      const id = rows.sources[rows.source[at] ?? 0] ?? '';
      const source = window.sources.get(id) ?? { volume: 0, tones: 0 };
      source.volume += volume;
      source.tones += fromMicro(rows.toneSum[at] ?? 0);
      window.sources.set(id, source);
      window.hours.set(hour, (window.hours.get(hour) ?? 0) + volume);
      window.volume += volume;
    }
  }

  all(): readonly Speakers[] {
    return this.found;
  }
}

/** The speakers of one window. */
export function speakersOf(rows: readonly PackedHours[], first: number, end: number): Speakers {
  const collecting = new SpeakersOf([{ first, end }]);
  for (const one of rows) collecting.add(one);
  return collecting.all()[0] ?? { volume: 0, sources: new Map(), hours: new Map() };
}

interface Block extends HourCounts {
  neutral: number;
  toneSum: number;
  toneSquares: number;
}

/** Adds rows up over blocks of `size` hours from `first` to before `end`; all articles stand as neutral ones, since labels are not kept. */
export class BlocksOf {
  private readonly found = new Map<string, Block[]>();

  constructor(private readonly window: { readonly first: number; readonly end: number; readonly size: number }) {}

  add({ sources, source, hour: hours, volume, toneSum, toneSquares }: PackedHours): void {
    const { first, end, size } = this.window;
    const bySource = sources.map((id) => this.found.get(id) ?? []);
    sources.forEach((id, index) => this.found.set(id, bySource[index] ?? []));
    for (let at = 0; at < hours.length; at += 1) {
      const hour = hours[at] ?? 0;
      if (hour < first || hour >= end) continue;
      const blocks = bySource[source[at] ?? 0] ?? [];
      const place = Math.floor((hour - first) / size);
      const block = (blocks[place] ??= { hour: first + place * size, negative: 0, neutral: 0, positive: 0, toneSum: 0, toneSquares: 0 });
      block.neutral += volume[at] ?? 0;
      block.toneSum += toneSum[at] ?? 0;
      block.toneSquares += toneSquares[at] ?? 0;
    }
  }

  /** Sources without an article are left out. */
  all(): SourceHours {
    return new Map([...this.found].map(([id, blocks]) => [id, Object.values(blocks)] as const).filter(([, blocks]) => blocks.length > 0));
  }
}
