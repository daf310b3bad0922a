import { charsetOfStart } from './charset-of-start';
import { decodeUndeclared } from './decode-text';

/** A line of input with its number, counted from 1; `text` is absent when the line was longer than the limit. */
export interface InputLine {
  readonly number: number;
  readonly text?: string;
  /** Bytes of the input that the line takes, including its line end, for progress; approximate in UTF-16. */
  readonly bytes: number;
}

export interface ReadLinesOptions {
  /** The most bytes of UTF-8 in a line; a longer one is skipped without being kept. */
  readonly limit?: number;
  /** The charset of the input, a label of the Encoding Standard; a byte order mark takes precedence. */
  readonly charset?: string | undefined;
}

/** An input that cannot be split into lines; the message says why. */
export class LinesError extends Error {
  override readonly name = 'LinesError';
}

/** The default limit of a line, in bytes. */
export const LINE_LIMIT = 4 * 1024 * 1024;

const NEWLINE = 0x0a;
/** The longest byte order mark, in bytes. */
const ENOUGH_TO_TELL = 4;

type Chunks = AsyncIterable<Uint8Array>;

/**
 * Splits a stream of bytes at line feeds, in constant memory, in the same charsets as feeds: UTF-8 and UTF-16 with or
 * without a mark; otherwise each line that is not valid UTF-8 is read as Windows-1252. A carriage return before the line
 * feed is removed; the last line needs no line feed.
 * @throws LinesError for UTF-32
 */
export async function* readLines(input: Chunks, { limit = LINE_LIMIT, charset }: ReadLinesOptions = {}): AsyncGenerator<InputLine> {
  const { head, whole } = await peek(input);
  const marked = charsetOfStart(head);
  if (marked === 'utf-32') throw new LinesError('The character set UTF-32 is not known.');
  const label = marked ?? charset;
  const counted = { taken: 0, given: 0 };
  const bytes = label === undefined || label === 'utf-8' ? whole : inUtf8(whole, label, counted);
  const decode = label === undefined ? decodeUndeclared : lenientUtf8;
  let number = 0;
  for await (const { parts, size } of splitAtNewlines(bytes, limit)) {
    number += 1;
    const source = counted.given === 0 ? size : Math.round((size * counted.taken) / counted.given);
    yield { number, ...(parts && { text: tidy(decode(joined(parts)), number === 1) }), bytes: source };
  }
}

/** The first bytes, enough to recognise a charset if there are so many, and the whole input including them. */
async function peek(input: Chunks): Promise<{ head: Uint8Array; whole: Chunks }> {
  const chunks = input[Symbol.asyncIterator]();
  const first: Uint8Array[] = [];
  for (let size = 0; size < ENOUGH_TO_TELL; ) {
    const next = await chunks.next();
    if (next.done === true) break;
    first.push(next.value);
    size += next.value.length;
  }
  async function* whole(): AsyncGenerator<Uint8Array> {
    try {
      yield* first.splice(0);
      for (let next = await chunks.next(); next.done !== true; next = await chunks.next()) yield next.value;
    } finally {
      await chunks.return?.();
    }
  }
  return { head: joined(first), whole: whole() };
}

/** The same text in UTF-8, in which the byte of a line feed occurs nowhere else. */
async function* inUtf8(input: Chunks, label: string, counted: { taken: number; given: number }): AsyncGenerator<Uint8Array> {
  const decoder = new TextDecoder(label);
  const encoder = new TextEncoder();
  const encoded = (taken: number, text: string): Uint8Array => {
    const bytes = encoder.encode(text);
    counted.taken += taken;
    counted.given += bytes.length;
    return bytes;
  };
  for await (const chunk of input) yield encoded(chunk.length, decoder.decode(chunk, { stream: true }));
  yield encoded(0, decoder.decode());
}

/** The pieces of each line (none if it is beyond the limit) and its size with its line feed. */
async function* splitAtNewlines(input: Chunks, limit: number): AsyncGenerator<{ parts: Uint8Array[] | undefined; size: number }> {
  let parts: Uint8Array[] = [];
  let size = 0;
  const keep = (part: Uint8Array) => {
    size += part.length;
    if (size <= limit) parts.push(part);
    else parts = [];
  };
  for await (const chunk of input) {
    let start = 0;
    for (let end = chunk.indexOf(NEWLINE); end >= 0; end = chunk.indexOf(NEWLINE, start)) {
      keep(chunk.subarray(start, end));
      yield { parts: size > limit ? undefined : parts, size: size + 1 };
      [parts, size] = [[], 0];
      start = end + 1;
    }
    keep(chunk.subarray(start));
  }
  if (size > 0) yield { parts: size > limit ? undefined : parts, size };
}

function joined(parts: readonly Uint8Array[]): Uint8Array {
  const [only] = parts;
  if (parts.length === 1 && only !== undefined) return only;
  const whole = new Uint8Array(parts.reduce((size, part) => size + part.length, 0));
  let at = 0;
  for (const part of parts) {
    whole.set(part, at);
    at += part.length;
  }
  return whole;
}

const lenientUtf8 = (bytes: Uint8Array): string => new TextDecoder('utf-8', { ignoreBOM: true }).decode(bytes);

const tidy = (text: string, first: boolean): string => (first ? text.replace(/^\uFEFF/, '') : text).replace(/\r$/, '');
