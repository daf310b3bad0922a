import { createReadStream } from 'node:fs';
import { createInterface } from 'node:readline';
import { labelSchema } from '@barometer/events';
import { evaluate, type Evaluation, type Judgement, type SentimentClassifier } from '@barometer/sentiment';
import * as z from 'zod';

/** How a classifier did on one file. */
export interface FileEvaluation extends Evaluation {
  readonly file: string;
  /** Lines that have no text or none of the three labels; they count for nothing. */
  readonly skipped: number;
  /** The first such line. */
  readonly firstSkippedLine?: number;
}

/** A file that cannot be evaluated; the message says why. */
export class EvaluationError extends Error {
  override readonly name = 'EvaluationError';
}

const rowSchema = z.object({ text: z.string(), label: z.string().trim().toLowerCase().pipe(labelSchema) });
type Row = z.infer<typeof rowSchema>;

const CHUNK = 256;

/**
 * Runs a classifier over a file of JSON Lines, `{"text", "label"}` each, and measures its answers. A file with two of
 * the three labels is judged on those two, and an answer "neutral" is then simply wrong. `onProgress` hears after every
 * chunk how many rows are done. Throws `EvaluationError` where the file cannot be read or has no usable row.
 *
 * @example const { accuracy, macroF1 } = await evaluateFile('eval.jsonl', classifier);
 */
export async function evaluateFile(path: string, classifier: SentimentClassifier, onProgress?: (rows: number) => void): Promise<FileEvaluation> {
  const judgements: Judgement[] = [];
  const skipped: number[] = [];
  const judge = async (rows: readonly Row[]) => {
    const sentiments = await classifier.classify(rows.map(({ text }) => text));
    // Label and confidence only, so that the memory holds no texts.
    rows.forEach(({ label: gold }, index) => {
      const sentiment = sentiments[index];
      if (sentiment) judgements.push({ gold, sentiment: { label: sentiment.label, confidence: sentiment.confidence } });
    });
    onProgress?.(judgements.length);
  };
  let chunk: Row[] = [];
  for await (const [line, text] of linesOf(path)) {
    const row = rowOf(text);
    if (row) chunk.push(row);
    else skipped.push(line);
    if (chunk.length === CHUNK) {
      await judge(chunk);
      chunk = [];
    }
  }
  if (chunk.length > 0) await judge(chunk);
  if (judgements.length === 0) throw new EvaluationError(`${path} has no line with a "text" and a "label" (negative, neutral or positive).`);
  const [firstSkippedLine] = skipped;
  return { file: path, ...evaluate(judgements), skipped: skipped.length, ...(firstSkippedLine === undefined ? {} : { firstSkippedLine }) };
}

/** Numbered lines, blank ones left out. */
async function* linesOf(path: string): AsyncGenerator<[number, string]> {
  let number = 0;
  try {
    for await (const line of createInterface({ input: createReadStream(path, 'utf8'), crlfDelay: Infinity })) {
      number += 1;
      if (line.trim() !== '') yield [number, line];
    }
  } catch (error) {
    throw new EvaluationError(`${path} cannot be read: ${String(error).replace(/^Error: /, '')}`, { cause: error });
  }
}

function rowOf(line: string): Row | undefined {
  try {
    return rowSchema.safeParse(JSON.parse(line)).data;
  } catch {
    return undefined;
  }
}
