import type { Sentiment } from '@barometer/events';
import { readLines, type InputLine } from '@barometer/text';

/** The result for a text: its score, and on request the words that moved it. */
export type ScoredText = Sentiment & { readonly words?: readonly { readonly word: string; readonly pull: number }[] };

/** Scores texts, in the same order. */
export type ScoreTextsOf = (texts: readonly string[]) => Promise<readonly ScoredText[]>;

/** Progress after each batch of lines. */
export interface ScoreProgress {
  readonly lines: number;
  readonly bytes: number;
  readonly bad: number;
}

/** A line that could not be scored. */
export interface BadLine {
  readonly number: number;
  readonly reason: string;
}

interface Row {
  readonly text: string;
  readonly fields: Record<string, unknown>;
}

const BATCH = 256;

/**
 * Scores lines of text, or JSON Lines with a "text" field, as JSON Lines in the same order; the first line that is not
 * blank decides which. Fields of the input are kept; label, confidence, tone and scores are added. A bad line gives no
 * row. `charset` is the input's character set if its first bytes don't tell.
 */
export async function* scoreLines(
  input: AsyncIterable<Uint8Array>,
  score: ScoreTextsOf,
  on: { bad(line: BadLine): void; progress(progress: ScoreProgress): void },
  charset?: string,
): AsyncGenerator<string> {
  const total = { lines: 0, bytes: 0, bad: 0 };
  let parse: ((text: string) => Row | string) | undefined;
  for await (const batch of batches(readLines(input, { charset }))) {
    const rows: Row[] = [];
    for (const line of batch) {
      total.lines += 1;
      total.bytes += line.bytes;
      if (parse === undefined && line.text?.trim()) parse = looksLikeJson(line.text) ? parseJsonLine : parseTextLine;
      const row = line.text === undefined ? 'the line is longer than 4 MB' : (parse ?? parseTextLine)(line.text);
      if (typeof row !== 'string') rows.push(row);
      else {
        total.bad += 1;
        on.bad({ number: line.number, reason: row });
      }
    }
    const sentiments = rows.length > 0 ? await score(rows.map((row) => row.text)) : [];
    for (const [index, { fields }] of rows.entries()) yield `${JSON.stringify({ ...fields, ...outcome(sentiments[index]) })}\n`;
    on.progress({ ...total });
  }
}

function outcome(sentiment: ScoredText | undefined): Record<string, unknown> {
  if (sentiment === undefined) throw new Error('the classifier answered fewer texts than it was given');
  const { label, confidence, tone, scores, uncertain, model, words } = sentiment;
  return { label, confidence, tone, scores, uncertain, model, ...(words && { words }) };
}

async function* batches(lines: AsyncIterable<InputLine>): AsyncGenerator<InputLine[]> {
  let batch: InputLine[] = [];
  for await (const line of lines) {
    batch.push(line);
    if (batch.length >= BATCH) {
      yield batch;
      batch = [];
    }
  }
  if (batch.length > 0) yield batch;
}

function looksLikeJson(line: string): boolean {
  try {
    const value: unknown = JSON.parse(line);
    return typeof value === 'object' && value !== null && !Array.isArray(value);
  } catch {
    // A first line such as {"text": "… that is cut off is broken JSON, not a text.
    return /^\s*\{\s*"/.test(line);
  }
}

function parseTextLine(text: string): Row | string {
  return text.trim() === '' ? 'the line is empty' : { text, fields: { text } };
}

/** A JSON number with its original digits (ECMAScript's "JSON.parse source text access"). */
interface NumberKeepingJson {
  parse(text: string, reviver: (key: string, value: unknown, context: { readonly source?: string }) => unknown): unknown;
  rawJSON(text: string): unknown;
}

/** Ids of 19 digits, as many services have, do not fit a double: such numbers are copied as written. */
function parseKeepingNumbers(line: string): unknown {
  const json = JSON as unknown as NumberKeepingJson;
  return json.parse(line, (_key, value, { source }) =>
    typeof value === 'number' && Number.isInteger(value) && !Number.isSafeInteger(value) && source !== undefined ? json.rawJSON(source) : value,
  );
}

function parseJsonLine(line: string): Row | string {
  if (line.trim() === '') return 'the line is empty';
  let value: unknown;
  try {
    value = parseKeepingNumbers(line);
  } catch {
    return 'the line is not valid JSON';
  }
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return 'the line is not a JSON object';
  const fields = value as Record<string, unknown>;
  if (typeof fields['text'] !== 'string') return 'the field "text" is missing or is not a string';
  return fields['text'].trim() === '' ? 'the field "text" is empty' : { text: fields['text'], fields };
}
