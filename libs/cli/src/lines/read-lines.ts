/** A line of input with its number, counted from 1; `text` is absent when the line was longer than the limit. */
export interface InputLine {
  readonly number: number;
  readonly text?: string;
  /** Bytes of the line with its line end, for progress. */
  readonly bytes: number;
}

/** No line may take more than this; what is longer is passed over without being kept. */
export const LINE_LIMIT = 4 * 1024 * 1024;

const NEWLINE = 0x0a;

/**
 * Splits a stream of bytes at line feeds, in constant memory. A carriage return before the line feed, a byte order
 * mark at the start and bytes that are no UTF-8 are dealt with; a last line needs no line feed.
 */
export async function* readLines(input: AsyncIterable<Uint8Array | string>, limit = LINE_LIMIT): AsyncGenerator<InputLine> {
  let parts: Buffer[] = [];
  let size = 0;
  let number = 0;
  const take = (bytes: number): InputLine => {
    number += 1;
    const text = size > limit ? undefined : decode(parts, number === 1);
    parts = [];
    size = 0;
    return { number, bytes, ...(text !== undefined && { text }) };
  };
  const keep = (part: Buffer) => {
    size += part.length;
    if (size <= limit) parts.push(part);
    else parts = [];
  };
  for await (const chunk of input) {
    const bytes = Buffer.from(chunk as Uint8Array);
    let start = 0;
    for (let end = bytes.indexOf(NEWLINE); end >= 0; end = bytes.indexOf(NEWLINE, start)) {
      keep(bytes.subarray(start, end));
      yield take(size + 1);
      start = end + 1;
    }
    keep(bytes.subarray(start));
  }
  if (size > 0) yield take(size);
}

function decode(parts: readonly Buffer[], first: boolean): string {
  const text = new TextDecoder('utf-8', { ignoreBOM: true }).decode(Buffer.concat(parts));
  return (first ? text.replace(/^\uFEFF/, '') : text).replace(/\r$/, '');
}
