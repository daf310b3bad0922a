import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { planBatches, type BatchLimits } from '@barometer/sentiment';
import { InferenceSession, Tensor } from 'onnxruntime-node';
import { sessionSettings } from '../src/model-session';

export const ROOT = join(__dirname, '../../../..');
export const MODEL = join(ROOT, 'models/barometer-distilbert-news');
export const THREADS = 2;

export type Feeds = Record<'input_ids' | 'attention_mask', Tensor>;

/** Real headlines if the workspace has them, else made-up ones of similar length. */
export function headlines(count: number): { readonly texts: readonly string[]; readonly source: string } {
  const file = join(ROOT, '../shared/data/sentiment/unlabelled.headlines.jsonl');
  if (!existsSync(file)) return { texts: Array.from({ length: count }, (_, index) => generated(index)), source: 'generated headlines' };
  const lines = readFileSync(file, 'utf8').split('\n').filter(Boolean);
  // Spread over the file, which may be sorted.
  const step = Math.max(1, Math.floor(lines.length / count));
  const texts = lines
    .filter((_, index) => index % step === 0)
    .slice(0, count)
    .map((line) => (JSON.parse(line) as { text: string }).text);
  return { texts, source: 'real headlines' };
}

const SUBJECTS = ['Parliament', 'The central bank', 'A rescue team', 'The national football side', 'Scientists in the north'];
const VERBS = ['postpones', 'welcomes', 'warns of', 'agrees to', 'celebrates'];
const OBJECTS = ['a plan for cheaper trains', 'higher prices of bread and fuel after a dry summer', 'the end of a long strike', 'new rules'];

function generated(index: number): string {
  const pick = (list: readonly string[], step: number) => list[Math.floor(index / step) % list.length] as string;
  return `${pick(SUBJECTS, 1)} ${pick(VERBS, 5)} ${pick(OBJECTS, 25)}${index % 3 ? ', report says' : ''}`;
}

/** A session with the product's settings. */
export function openSession(file: string): Promise<InferenceSession> {
  return InferenceSession.create(file, sessionSettings(THREADS));
}

/** Batches of token ids, padded to the longest, as the product makes them. */
export function batchesOf(ids: readonly (readonly number[])[], limits: BatchLimits): Feeds[] {
  return planBatches(
    ids.map(({ length }) => length),
    limits,
  ).map((batch) => feeds(batch.map((index) => ids[index] as readonly number[])));
}

export function feeds(rows: readonly (readonly number[])[]): Feeds {
  const width = Math.max(...rows.map(({ length }) => length));
  const filled = (value: (row: readonly number[], position: number) => number) =>
    BigInt64Array.from(rows.flatMap((row) => Array.from({ length: width }, (_, position) => BigInt(value(row, position)))));
  const shape = [rows.length, width];
  return {
    input_ids: new Tensor(
      'int64',
      filled((row, position) => row[position] ?? 0),
      shape,
    ),
    attention_mask: new Tensor(
      'int64',
      filled((row, position) => Number(position < row.length)),
      shape,
    ),
  };
}

/** Milliseconds that `work` takes. */
export async function timed(work: () => Promise<unknown>): Promise<number> {
  const start = performance.now();
  await work();
  return performance.now() - start;
}

/** A quantile of these values, the median by default: other load on the machine makes means useless. */
export function quantile(values: readonly number[], share = 0.5): number {
  const sorted = values.toSorted((a, b) => a - b);
  return sorted[Math.min(sorted.length - 1, Math.floor(share * sorted.length))] ?? Number.NaN;
}
