import { Readable } from 'node:stream';
import type { ImportedRow } from '@barometer/ingestion';
import { readLines, type InputLine } from '@barometer/text';
import { parse, type CsvError } from 'csv-parse';
import { columnOf, columns, missingOf, rowOf, type Column } from './article-row';

export type ArticleFormat = 'csv' | 'jsonl';

/** A row of a file, or why the line is invalid. Lines are counted from 1; a row of several lines has the number of its first. */
export type ReadRow = { readonly line: number; readonly bytes: number } & ({ readonly row: ImportedRow } | { readonly problem: string });

/** A file that cannot be read further, or at all; the message is a sentence for a reader. */
export class ArticleFileError extends Error {
  override readonly name = 'ArticleFileError';
}

/** In characters; a longer row has an unclosed quote. */
const LONGEST_ROW = 1024 * 1024;

interface ReadOptions {
  /** Recognised from the file by default: JSON Lines begin with a brace. */
  readonly format?: ArticleFormat | undefined;
  /** The charset if the file's first bytes do not show it; by default UTF-8, with lines that are not valid UTF-8 read as Windows-1252. */
  readonly charset?: string | undefined;
}

/**
 * Reads articles as CSV (RFC 4180; commas, semicolons or tabs; the first line names the columns) or JSON Lines, in
 * constant memory. `bytes` is how much of the input was read, for progress.
 * @throws ArticleFileError, LinesError
 */
export async function* readArticleRows(input: AsyncIterable<Uint8Array>, { format, charset }: ReadOptions = {}): AsyncGenerator<ReadRow> {
  const lines = readLines(input, { limit: LONGEST_ROW, charset });
  const first = await firstLine(lines);
  if (!first) throw new ArticleFileError('There is nothing in it.');
  const all = startingWith(first, lines);
  yield* (format ?? (first.text?.trimStart().startsWith('{') ? 'jsonl' : 'csv')) === 'jsonl' ? jsonRows(all) : csvRows(first.text ?? '', all);
}

async function firstLine(lines: AsyncGenerator<InputLine>): Promise<InputLine | undefined> {
  for (let next = await lines.next(); next.done !== true; next = await lines.next()) if (next.value.text?.trim() !== '') return next.value;
  return undefined;
}

async function* startingWith(first: InputLine, rest: AsyncGenerator<InputLine>): AsyncGenerator<InputLine> {
  yield first;
  yield* rest;
}

async function* jsonRows(lines: AsyncIterable<InputLine>): AsyncGenerator<ReadRow> {
  let bytes = 0;
  for await (const { number: line, text, bytes: size } of lines) {
    bytes += size;
    if (text?.trim() === '') continue;
    const row = text === undefined ? `it is longer than ${LONGEST_ROW} bytes` : jsonRow(text);
    yield typeof row === 'string' ? { line, bytes, problem: row } : { line, bytes, row };
  }
}

function jsonRow(text: string): ImportedRow | string {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    return 'it is no JSON';
  }
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return 'it is no JSON object';
  const fields: Partial<Record<Column, string>> = {};
  for (const [name, field] of Object.entries(value)) {
    const column = columnOf(name);
    if (column && (typeof field === 'string' || typeof field === 'number')) fields[column] ??= String(field);
  }
  return rowOf(fields);
}

interface CsvRecord {
  readonly record: readonly string[];
  readonly info: { readonly lines: number };
}

async function* csvRows(header: string, lines: AsyncIterable<InputLine>): AsyncGenerator<ReadRow> {
  const read: { bytes: number; before?: number } = { bytes: 0 };
  const texts = async function* () {
    for await (const { number, text, bytes } of lines) {
      read.before ??= number - 1;
      read.bytes += bytes;
      if (text === undefined) throw new ArticleFileError(`Line ${number} is longer than ${LONGEST_ROW} bytes: is a quote not closed before it?`);
      yield `${text}\n`;
    }
  };
  const parser = parse({ delimiter: delimiterOf(header), info: true, relax_column_count: true, skip_empty_lines: true, max_record_size: LONGEST_ROW });
  const source = Readable.from(texts());
  source.on('error', (error) => parser.destroy(error));
  let named: readonly (Column | undefined)[] | undefined;
  try {
    for await (const { record, info } of source.pipe(parser) as AsyncIterable<CsvRecord>) {
      const line = (read.before ?? 0) + info.lines - record.join('').split('\n').length + 1;
      if (named) yield csvRow(record, named, { line, bytes: read.bytes });
      else named = columnsOf(record);
    }
  } catch (error) {
    throw inWords(error, read.before ?? 0);
  } finally {
    source.destroy();
  }
}

function csvRow(record: readonly string[], named: readonly (Column | undefined)[], at: { readonly line: number; readonly bytes: number }): ReadRow {
  if (record.length !== named.length) return { ...at, problem: `it has ${record.length} fields, the first line ${named.length}` };
  const fields: Partial<Record<Column, string>> = {};
  record.forEach((text, index) => {
    const column = named[index];
    if (column) fields[column] ??= text;
  });
  const row = rowOf(fields);
  return typeof row === 'string' ? { ...at, problem: row } : { ...at, row };
}

function columnsOf(names: readonly string[]): (Column | undefined)[] {
  const found = names.map(columnOf);
  const missing = missingOf(found);
  if (missing.length === 0) return found;
  const said = missing.map((column) => `${column} (or ${columns[column].slice(1).join(', ')})`);
  throw new ArticleFileError(
    `The first line names no column ${said.join(', ')}; it has ${names
      .slice(0, 10)
      .map((name) => `"${name.slice(0, 40)}"`)
      .join(', ')}.`,
  );
}

/** The delimiter that occurs most often in the first line. */
const delimiterOf = (header: string): string =>
  [',', ';', '\t'].map((mark) => [mark, header.split(mark).length] as const).sort(([, one], [, other]) => other - one)[0]?.[0] ?? ',';

function inWords(error: unknown, before: number): unknown {
  const { code, lines } = error as CsvError & { readonly lines?: number };
  if (typeof code !== 'string' || !code.startsWith('CSV_')) return error;
  const why =
    code === 'CSV_QUOTE_NOT_CLOSED' || code === 'CSV_MAX_RECORD_SIZE' ? 'a quote is not closed' : (error as Error).message.replace(/ at line \d+.*/, '');
  return new ArticleFileError(`At line ${before + (lines ?? 1)}: ${why}. What stands before it was read.`);
}
