import { parseFeedDate } from '../read/feed-date';
import { isEscaped } from '../read/truncated';

const ITEM = /<(?:[\w.-]+:)?(?:item|entry)[\s>]/i;
const XML_DATE = /<(?:[\w-]+:)?(?:pubdate|date|published|updated|issued|modified)\b[^>]*>\s*(?:<!\[CDATA\[)?([^<\]]{1,100})/gi;
const JSON_LIST = /"(?:items|articles)"\s*:\s*\[/;
const JSON_DATE = /"(?:date_published|date_modified|publishedAt)"\s*:\s*"([^"]{1,100})"/g;

/** A body, decompressed. */
export interface ReadBody {
  readonly bytes: Uint8Array;
  /** What of it this is, where there was more of it than the limit. */
  readonly part?: 'beginning' | 'end';
}

export interface BodyLimits {
  /** Bytes of it that are taken. */
  readonly taken: number;
  /** Bytes that are read to reach the newest items, where these stand at its end. */
  readonly read: number;
}

/**
 * The part of a feed with its newest items, where it is longer than what is taken of it: its beginning, with which
 * `start` starts, or, where that lists the oldest items first, its end, if `rest` brings that.
 */
export async function newestPart(start: Uint8Array, rest: AsyncIterator<Uint8Array>, limits: BodyLimits): Promise<ReadBody> {
  const beginning = start.subarray(0, limits.taken);
  const end = listsOldestFirst(beginning) ? await endOf(start, rest, limits) : undefined;
  const newest = end && withItemsOfEnd(beginning, end, limits.taken);
  return newest ? { bytes: new Uint8Array(newest), part: 'end' } : { bytes: new Uint8Array(beginning), part: 'beginning' };
}

/** The last bytes of a body; `undefined` where they lie too far, or do not come. */
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
    // The beginning is there, which is more than nothing.
    return undefined;
  }
}

/** Whether the beginning of a feed lists older items before newer ones, told by the dates of its first and its last. */
function listsOldestFirst(beginning: Uint8Array): boolean {
  const text = latin1(beginning);
  const items = text.slice(itemsAt(text) ?? text.length);
  const dates = [...items.matchAll(isJson(text) ? JSON_DATE : XML_DATE)];
  const [first, last] = [dates[0], dates.at(-1)].map((match) => parseFeedDate(match?.[1]));
  return first !== undefined && last !== undefined && last > first;
}

/**
 * A feed of at most `limit` bytes with what stands before the items in its `beginning`, and the whole items in its last
 * bytes, `end`; `undefined` where these can't be told apart, as in UTF-16.
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

/** Keeps the last `limit` bytes, or a little more, of what it is given. */
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

/** One character a byte, so that places in the text are places in the bytes. */
const latin1 = (bytes: Uint8Array): string => Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).toString('latin1');

const isJson = (text: string): boolean => /^[\xef\xbb\xbf\s]*[{[]/.test(text.slice(0, 100));

/** Where the items begin: at the tag of the first, or behind the bracket of their list. */
function itemsAt(text: string): number | undefined {
  const match = (isJson(text) ? JSON_LIST : ITEM).exec(text);
  return match ? match.index + (isJson(text) ? match[0].length : 0) : undefined;
}

/**
 * Where the first whole object begins of the list that was open where this end of a JSON document begins. Read from its
 * end, outside of all strings, it can be told what is a string and how deep everything lies.
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
      // A list that begins here is not the one: its document's other lists stand behind that.
      if (sign === '[' && depth === 1) first = undefined;
    }
  }
  return first;
}

/** The position of the quote that begins the string which ends at `end`; -1 where it stands before all this. */
function stringStart(text: string, end: number): number {
  for (let at = text.lastIndexOf('"', end - 1); at >= 0; at = at > 0 ? text.lastIndexOf('"', at - 1) : -1) {
    if (!isEscaped(text, at)) return at;
  }
  return -1;
}
