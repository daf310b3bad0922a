import type { FeedDocument, ReadError } from '@barometer/ingestion';
import { err, ok, pluralOf, type Result } from '@barometer/kernel';

const [TAG_END, BRACE_END] = [0x3e, 0x7d];

/** Shortens a truncated document to the end of a tag or of a JSON object, so that it does not end within a character. */
export function upToStructure(body: Uint8Array): Uint8Array {
  const end = Math.max(body.lastIndexOf(TAG_END), body.lastIndexOf(BRACE_END)) + 1;
  // In UTF-16 LE, the high byte of the character follows.
  return body.subarray(0, body[end] === 0 ? end + 1 : end);
}

/** Shortens truncated JSON to the last complete object in its list of items, and closes it; `undefined` if there is none. */
export function closedJson(text: string): string | undefined {
  const open: string[] = [];
  let end: number | undefined;
  for (let at = 0; at < text.length; at += 1) {
    const sign = text[at] as string;
    if (sign === '"') at = stringEnd(text, at);
    else if (sign === '{' || sign === '[') open.push(sign);
    else if (sign === '}' || sign === ']') {
      open.pop();
      if (sign === '}' && open.length === 2 && open[0] === '{' && open[1] === '[') end = at + 1;
    }
  }
  return end === undefined ? undefined : `${text.slice(0, end)}]}`;
}

/** The position of the quote that ends the string which begins at `start`. */
function stringEnd(text: string, start: number): number {
  for (let at = text.indexOf('"', start + 1); at >= 0; at = text.indexOf('"', at + 1)) {
    if (!isEscaped(text, at)) return at;
  }
  return text.length;
}

/** Whether the character at `at`, within a string of JSON, is escaped by a backslash. */
export function isEscaped(text: string, at: number): boolean {
  let backslashes = 0;
  while (text[at - 1 - backslashes] === '\\') backslashes += 1;
  return backslashes % 2 === 1;
}

/**
 * Adds a note that only a `part` of the document, `size` bytes, was read. Returns the error `too-large` if that part has no
 * complete item.
 */
export function saidToBePart(read: Result<FeedDocument, ReadError>, part: 'beginning' | 'end', size: number): Result<FeedDocument, ReadError> {
  const limit = sizeText(size);
  const nothing = read.ok ? read.value.items.length === 0 : /^(malformed|empty)$/.test(read.error.code);
  if (nothing) return err({ code: 'too-large', message: `The document is larger than ${limit}, and there is no whole item in the part that was read.` });
  if (!read.ok) return read;
  const { items, leftOut } = read.value;
  const count = `${items.length.toLocaleString('en')} ${pluralOf(items.length, 'item')}`;
  const dates = items.flatMap(({ publishedAt }) => publishedAt ?? []);
  const isAscending = part === 'beginning' && (dates.at(-1) ?? 0) > (dates[0] ?? 0);
  const order = isAscending ? ' It lists its oldest items first, and the newest lie too far behind them.' : '';
  return ok({
    ...read.value,
    leftOut: [`The document is larger than ${limit}, of which only the ${part} was read: ${count}.${order}`, leftOut].filter(Boolean).join(' '),
  });
}

const sizeText = (bytes: number): string => (bytes < 2 ** 20 ? `${Math.round(bytes / 2 ** 10)} KiB` : `${Math.round(bytes / 2 ** 20)} MiB`);
