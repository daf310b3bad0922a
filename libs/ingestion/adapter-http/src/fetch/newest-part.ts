import { parseFeedDate } from '../read/feed-date';
import { isEscaped } from '../read/truncated';

const ITEM = /<(?:[\w.-]+:)?(?:item|entry)[\s>]/i;
const XML_DATE = /<(?:[\w-]+:)?(?:pubdate|date|published|updated|issued|modified)\b[^>]*>\s*(?:<!\[CDATA\[)?([^<\]]{1,100})/gi;
const JSON_LIST = /"(?:items|articles)"\s*:\s*\[/;
const JSON_DATE = /"(?:date_published|date_modified|publishedAt)"\s*:\s*"([^"]{1,100})"/g;

/** A decompressed body. */
export interface ReadBody {
  readonly bytes: Uint8Array;
  /** Which part of the document this is, if the document exceeds the limit. */
  readonly part?: 'beginning' | 'end';
}

export interface BodyLimits {
  /** Bytes that are used. */
  readonly taken: number;
  /** Bytes that are read to reach the newest items, if these are at the end. */
  readonly read: number;
}

/**
 * The part of a feed with its newest items, if the feed exceeds the limit: its beginning (the first bytes are in
 * `start`) or, if it lists the oldest items first, its end, provided that `rest` reaches it.
 */
export async function newestPart(start: Uint8Array, rest: AsyncIterator<Uint8Array>, limits: BodyLimits): Promise<ReadBody> {
  const beginning = start.subarray(0, limits.taken);
  const end = listsOldestFirst(beginning) ? await endOf(start, rest, limits) : undefined;
  const newest = end && withItemsOfEnd(beginning, end, limits.taken);
  return newest ? { bytes: new Uint8Array(newest), part: 'end' } : { bytes: new Uint8Array(beginning), part: 'beginning' };
}

/** The last bytes of a body; `undefined` if they are too far away, or do not arrive. */
async function endOf(start: Uint8Array, rest: AsyncIterator<Uint8Array>, { taken, read }: BodyLimits): Promise<Uint8Array | undefined> {
  const last = new LastBytes(taken);
  last.push(start);
  let size = start.byteLength;
  try {
    for (let next = await rest.next(); next.done !== true; next = await rest.next()) {
      size += next.value.byteLength;
      if (size > read) return undefined;
      last.push(next.value);
    }
    return last.bytes;
  } catch {
    // The beginning is better than nothing.
    return undefined;
  }
}

/** Whether the beginning of a feed lists older items before newer ones, by the dates of its first and last item. */
function listsOldestFirst(beginning: Uint8Array): boolean {
  const text = latin1(beginning);
  const items = text.slice(itemsAt(text) ?? text.length);
  const dates = [...items.matchAll(isJson(text) ? JSON_DATE : XML_DATE)];
  const [first, last] = [dates[0], dates.at(-1)].map((match) => parseFeedDate(match?.[1]));
  return first !== undefined && last !== undefined && last > first;
}

/**
 * A feed of at most `limit` bytes: what precedes the items in `beginning`, and the complete items in the last bytes,
 * `end`; `undefined` if these cannot be located, as in UTF-16.
 */
function withItemsOfEnd(beginning: Uint8Array, end: Uint8Array, limit: number): Uint8Array | undefined {
  const head = latin1(beginning);
  const start = itemsAt(head);
  if (start === undefined) return undefined;
  const last = end.subarray(Math.max(0, end.byteLength - (limit - start)));
  const tail = latin1(last);
  const first = isJson(head) ? firstWholeObject(tail) : ITEM.exec(tail)?.index;
  return first === undefined ? undefined : Buffer.concat([beginning.subarray(0, start), last.subarray(first)]);
}

/** Keeps at least the last `limit` bytes of its input. */
class LastBytes {
  private readonly chunks: Uint8Array[] = [];
  private size = 0;

  constructor(private readonly limit: number) {}

  push(chunk: Uint8Array): void {
    this.chunks.push(chunk);
    this.size += chunk.byteLength;
    for (let [first] = this.chunks; first && this.size - first.byteLength >= this.limit; [first] = this.chunks) {
      this.size -= first.byteLength;
      this.chunks.shift();
    }
  }

  get bytes(): Uint8Array {
    return Buffer.concat(this.chunks);
  }
}

/** One character a byte, so that positions in the text are positions in the bytes. */
const latin1 = (bytes: Uint8Array): string => Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).toString('latin1');

const isJson = (text: string): boolean => /^[\xef\xbb\xbf\s]*[{[]/.test(text.slice(0, 100));

/** The position of the first item's tag, or after the bracket of the list. */
function itemsAt(text: string): number | undefined {
  const match = (isJson(text) ? JSON_LIST : ITEM).exec(text);
  return match ? match.index + (isJson(text) ? match[0].length : 0) : undefined;
}

/**
 * The position of the first complete object in the list that is open where this end of a JSON document begins. Reading
 * backwards from the end, which is outside all strings, shows what is a string and how deep everything is nested.
 */
function firstWholeObject(end: string): number | undefined {
  let depth = 0;
  let first: number | undefined;
  for (let at = end.length - 1; at >= 0; at -= 1) {
    const sign = end[at];
    if (sign === '"') at = stringStart(end, at);
    else if (sign === '}' || sign === ']') depth += 1;
    else if (sign === '{' || sign === '[') {
      depth -= 1;
      if (sign === '{' && depth === 2) first = at;
      // A list that begins here is a later one of the document.
      if (sign === '[' && depth === 1) first = undefined;
    }
  }
  return first;
}

/** The position of the quote that begins the string ending at `end`; -1 if it is outside this part. */
function stringStart(text: string, end: number): number {
  for (let at = text.lastIndexOf('"', end - 1); at >= 0; at = at > 0 ? text.lastIndexOf('"', at - 1) : -1) {
    if (!isEscaped(text, at)) return at;
  }
  return -1;
}
