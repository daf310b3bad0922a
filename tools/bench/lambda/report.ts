import { readableBytes } from '../../src/packaging/budget';
import { median, quantile, type PackagingFigures, type StartFigures } from './figures';

const START = '<!-- bench:lambda writes from here -->';
const END = '<!-- to here -->';

/** Writes a report between the markers of a document. Throws unless each marker occurs exactly once. */
export function written(document: string, report: string): string {
  const [before, rest, ...more] = document.split(START);
  const [, after, ...others] = rest?.split(END) ?? [];
  if (before === undefined || after === undefined || more.length + others.length > 0)
    throw new Error(`The document lacks the markers "${START}" and "${END}", once each.`);
  return `${before}${START}\n${report.trim()}\n${END}${after}`;
}

const table = (head: readonly string[], rows: readonly (readonly string[])[]) =>
  [head, head.map(() => '---'), ...rows].map((cells) => `| ${cells.join(' | ')} |`).join('\n');
const seconds = (values: readonly number[]) => (values.length === 0 ? '–' : `${(median(values) / 1000).toFixed(1)} s`);
const spread = (values: readonly number[]) => `${Math.round(median(values))} / ${Math.round(quantile(values, 0.9))} ms`;

/** Sizes, and how long packaging takes. */
export function packagingTable(figures: readonly PackagingFigures[]): string {
  const rows = figures.map(({ name, artifact, fresh, alone, cached }) => [
    name,
    artifact.packaging === 'zip' ? 'ZIP' : 'image',
    artifact.packaging === 'zip' ? readableBytes(artifact.bytes) : `${readableBytes(artifact.layerBytes)} over the base`,
    readableBytes(artifact.unzippedBytes),
    seconds(fresh),
    seconds(alone),
    seconds(cached),
    artifact.packaging === 'zip' ? '≤ 3 s' : '≤ 20 s',
  ]);
  return table(['app', 'packaging', 'compressed', 'unpacked', 'all built anew', '`package` alone', 'from the cache', 'aim of `package`'], rows);
}

/** Cold starts, median and 90th percentile. */
export function startTable(figures: readonly StartFigures[]): string {
  const rows = figures.map(({ name, memoryMb, starts, event, aim }) => {
    const peaks = starts.flatMap(({ peakMb }) => peakMb ?? []);
    return [
      name,
      event,
      spread(starts.map(({ init }) => init)),
      spread(starts.map(({ first }) => first)),
      spread(starts.map(({ init, first }) => init + first)),
      spread(starts.map(({ launch, init, first }) => launch + init + first)),
      aim,
      `${median(starts.flatMap(({ warm }) => warm)).toFixed(1)} ms`,
      peaks.length > 0 ? `${Math.round(Math.max(...peaks))} of ${memoryMb} MB` : '–',
    ];
  });
  return table(['app', 'answers', 'init', 'first response', 'init + first', 'with the container’s start', 'aim', 'warm (median)', 'peak memory'], rows);
}

export interface Machine {
  readonly cores: number;
  readonly processor: string;
  readonly node: string;
  readonly date: string;
  /** Load average of the last minute, at the beginning and at the end of the measurement. */
  readonly load: readonly [before: number, after: number];
}

/** The whole report. */
export function report(machine: Machine, packaging: readonly PackagingFigures[], starts: readonly StartFigures[]): string {
  const { cores, processor, node, date, load } = machine;
  const ways = [...new Set(starts.map(({ how }) => how))];
  return [
    `Measured on ${date}, on ${cores} cores (${processor}) with Node ${node}; load average ${load[0].toFixed(1)} at the start and ${load[1].toFixed(1)} at the end.`,
    '### Packaging',
    packagingTable(packaging),
    `### Starts: under the runtime client; without image pull and microVM start`,
    `${starts[0]?.starts.length ?? 0} cold starts each, median / 90th percentile. Run ${ways.join('; ')}.`,
    startTable(starts),
  ].join('\n\n');
}
