import type { Artifact } from '../../src/packaging/artifact';

/** One cold start, in milliseconds. */
export interface Start {
  /** From the command to the first moment of Node: the container, where there is one. */
  readonly launch: number;
  /** From there to the first question for an event. */
  readonly init: number;
  /** From handing over the first event to its answer. */
  readonly first: number;
  /** The same event again, on the warm function. */
  readonly warm: readonly number[];
  /** The most memory that Node's process ever held; undefined where the machine does not tell. */
  readonly peakMb: number | undefined;
}

export interface StartFigures {
  /** The app, and where it is not its own packaging, which. */
  readonly name: string;
  readonly memoryMb: number;
  readonly how: string;
  /** What the first response answers. */
  readonly event: string;
  readonly aim: string;
  readonly starts: readonly Start[];
}

export interface PackagingFigures {
  readonly name: string;
  readonly artifact: Artifact;
  /** With nothing taken from the cache, in milliseconds: the app, and what it carries, are built anew. */
  readonly fresh: readonly number[];
  /** The `package` step alone, of what is built already. */
  readonly alone: readonly number[];
  /** With nothing changed. */
  readonly cached: readonly number[];
}

/** The value below which a part of the values lies; the nearest that was measured, nothing in between. */
export function quantile(values: readonly number[], part: number): number {
  const sorted = [...values].sort((a, b) => a - b);
  const value = sorted[Math.max(0, Math.ceil(part * sorted.length) - 1)];
  if (value === undefined) throw new Error('There is no quantile of nothing.');
  return value;
}

export const median = (values: readonly number[]) => quantile(values, 0.5);
