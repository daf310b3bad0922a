import { fromMicro } from '@barometer/kernel';
import { volumeOf } from './figures';
import type { HourCounts } from './report';

/** The scored hours of a scope, by source. */
export type SourceHours = ReadonlyMap<string, readonly HourCounts[]>;

/** Scored hours by source in a few bytes each, since one answer may read weeks of a busy store. One row after another, in no order. */
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

/** Packs hours; the rows of a source may come in several parts. */
export function packHours(parts: Iterable<readonly [string, readonly HourCounts[]]>): PackedHours {
  const all = [...parts];
  const sources = [...new Set(all.map(([id]) => id))];
  const indexes = new Map(sources.map((id, index) => [id, index]));
  const size = all.reduce((total, [, hours]) => total + hours.length, 0);
  const packed = {
    sources,
    source: new Int32Array(size),
    hour: new Int32Array(size),
    volume: new Int32Array(size),
    toneSum: new Float64Array(size),
    toneSquares: new Float64Array(size),
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

/** The sources with articles in a window, and the hours of their articles. */
export interface Speakers {
  readonly volume: number;
  /** By source: the number of articles, and the sum of their tones (-1...1 each). */
  readonly sources: ReadonlyMap<string, { readonly volume: number; readonly tones: number }>;
  /** Number of articles by hour. */
  readonly hours: ReadonlyMap<number, number>;
}

/** Cumulative sums of a source over the hours of a span, beginning with everything before it: `sums[at + 1] - sums[at]` is one hour. */
interface SourceSums {
  readonly volume: Float64Array;
  /** In millionths, so that sums and differences are exact. */
  readonly tones: Float64Array;
}

/** Collects the speakers of several windows, which may overlap, in one pass over the rows. */
export class SpeakersOf {
  private readonly first: number;
  private readonly span: number;
  private readonly sources = new Map<string, SourceSums>();
  private readonly volume: Float64Array;

  constructor(private readonly windows: readonly { readonly first: number; readonly end: number }[]) {
    this.first = Math.min(...windows.map(({ first }) => first));
    this.span = windows.length === 0 ? 0 : Math.max(...windows.map(({ end }) => end)) - this.first;
    this.volume = new Float64Array(this.span);
  }

  add(rows: PackedHours): void {
    const own: (SourceSums | undefined)[] = [];
    for (let row = 0; row < rows.hour.length; row += 1) {
      const at = (rows.hour[row] ?? 0) - this.first;
      const volume = rows.volume[row] ?? 0;
      if (!(at >= 0 && at < this.span) || volume === 0) continue;
      const index = rows.source[row] ?? 0;
      const source = (own[index] ??= this.sumsOf(rows.sources[index] ?? ''));
      source.volume[at + 1] = (source.volume[at + 1] ?? 0) + volume;
      source.tones[at + 1] = (source.tones[at + 1] ?? 0) + (rows.toneSum[row] ?? 0);
      this.volume[at] = (this.volume[at] ?? 0) + volume;
    }
  }

  /** In the order of the windows; call it once, after all rows. */
  all(): readonly Speakers[] {
    for (const { volume, tones } of this.sources.values()) {
      for (let at = 1; at <= this.span; at += 1) {
        volume[at] = (volume[at] ?? 0) + (volume[at - 1] ?? 0);
        tones[at] = (tones[at] ?? 0) + (tones[at - 1] ?? 0);
      }
    }
    return this.windows.map(({ first, end }) => this.window(first - this.first, end - this.first));
  }

  private window(begin: number, end: number): Speakers {
    const sources = new Map<string, { volume: number; tones: number }>();
    const between = (sums: Float64Array) => (sums[end] ?? 0) - (sums[begin] ?? 0);
    for (const [id, { volume, tones }] of this.sources) {
      const spoken = between(volume);
      if (spoken > 0) sources.set(id, { volume: spoken, tones: fromMicro(between(tones)) });
    }
    const hours = new Map<number, number>();
    let all = 0;
    for (let at = begin; at < end; at += 1) {
      const volume = this.volume[at] ?? 0;
      if (volume > 0) hours.set(this.first + at, volume);
      all += volume;
    }
    return { volume: all, sources, hours };
  }

  private sumsOf(id: string): SourceSums {
    const known = this.sources.get(id) ?? { volume: new Float64Array(this.span + 1), tones: new Float64Array(this.span + 1) };
    this.sources.set(id, known);
    return known;
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

/** Sums rows over blocks of `size` hours from `first` to before `end`; all articles count as neutral, since labels are not kept. */
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
