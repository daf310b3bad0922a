import { createReadStream } from 'node:fs';
import { labelSchema } from '@barometer/events';
import { evaluate, type Evaluation, type Judgement, type SentimentClassifier } from '@barometer/sentiment';
import { readLines } from '@barometer/text';
import * as z from 'zod';

/** The results of a classifier on one file. */
export interface FileEvaluation extends Evaluation {
  readonly file: string;
  /** Lines without a text or without one of the three labels; they are left out. */
  readonly skipped: number;
  /** The first such line. */
  readonly firstSkippedLine?: number;
}

/** A file that cannot be evaluated; the message says why. */
export class EvaluationError extends Error {
  override readonly name = 'EvaluationError';
}

const rowSchema = z.object({ text: z.string(), label: z.string().trim().toLowerCase().pipe(labelSchema), valence: z.number().optional().catch(undefined) });
type Row = z.infer<typeof rowSchema>;

const CHUNK = 256;

export interface EvaluateOptions {
  readonly charset?: string | undefined;
  readonly onProgress?: (rows: number) => void;
}

/**
 * Runs a classifier over a file of JSON Lines, `{"text", "label"}` each, and measures its answers. A file with two of
 * the three labels is judged on those two, and an answer "neutral" is then simply wrong. If rows have a `valence` too, a
 * number on any scale, tone is correlated with it. `onProgress` is called after every chunk with the number of rows
 * done; `charset` is the file's charset if its first bytes do not show it. Throws `EvaluationError` if the file cannot
 * be read or has no usable row.
 *
 * @example const { accuracy, macroF1 } = await evaluateFile('eval.jsonl', classifier);
 */
export async function evaluateFile(path: string, classifier: SentimentClassifier, { charset, onProgress }: EvaluateOptions = {}): Promise<FileEvaluation> {
  const judgements: Judgement[] = [];
  const skipped: number[] = [];
  const judge = async (rows: readonly Row[]) => {
    const sentiments = await classifier.classify(rows.map(({ text }) => text));
    // Keeps only figures, so that memory holds no texts.
    rows.forEach(({ label: gold, valence }, index) => {
      const sentiment = sentiments[index];
      if (sentiment) judgements.push({ gold, valence, sentiment: { label: sentiment.label, confidence: sentiment.confidence, tone: sentiment.tone } });
    });
    onProgress?.(judgements.length);
  };
  let chunk: Row[] = [];
  for await (const [line, text] of linesOf(path, charset)) {
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

/** Numbered lines without blank ones; a line beyond the limit has no text, so that it is counted as unusable. */
async function* linesOf(path: string, charset: string | undefined): AsyncGenerator<[number, string]> {
  try {
    for await (const { number, text = '{' } of readLines(createReadStream(path), { charset })) {
      if (text.trim() !== '') yield [number, text];
    }
  } catch (error) {
    throw new EvaluationError(`${path} cannot be read: ${String(error).replace(/^\w*Error: /, '')}`, { cause: error });
  }
}

function rowOf(line: string): Row | undefined {
  try {
    return rowSchema.safeParse(JSON.parse(line)).data;
  } catch {
    return undefined;
  }
}
