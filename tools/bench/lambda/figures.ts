import type { Artifact } from '../../src/packaging/artifact';

/** One cold start, in milliseconds. */
export interface Start {
  /** From the command until Node runs, including the start of the container, if there is one. */
  readonly launch: number;
  /** From there to the first request for an event. */
  readonly init: number;
  /** From the delivery of the first event to its answer. */
  readonly first: number;
  /** The same event again, on the warm function. */
  readonly warm: readonly number[];
  /** The peak memory of Node's process; undefined if the machine does not report it. */
  readonly peakMb: number | undefined;
}

export interface StartFigures {
  /** The app, and its packaging if that is not its own. */
  readonly name: string;
  readonly memoryMb: number;
  readonly how: string;
  /** The event of the first response. */
  readonly event: string;
  readonly aim: string;
  readonly starts: readonly Start[];
}

export interface PackagingFigures {
  readonly name: string;
  readonly artifact: Artifact;
  /** Without the cache, in milliseconds: the app, and what it contains, are built again. */
  readonly fresh: readonly number[];
  /** Only the `package` step, with everything built already. */
  readonly alone: readonly number[];
  /** With nothing changed. */
  readonly cached: readonly number[];
}

/** The value below which a part of the values lies; always a measured one, without interpolation. */
export function quantile(values: readonly number[], part: number): number {
  const sorted = [...values].sort((a, b) => a - b);
  const value = sorted[Math.max(0, Math.ceil(part * sorted.length) - 1)];
  if (value === undefined) throw new Error('There is no quantile of nothing.');
  return value;
}

export const median = (values: readonly number[]) => quantile(values, 0.5);
