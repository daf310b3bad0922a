import type { FeedDocument, FeedReader, ReadError, ReadErrorCode } from '@barometer/ingestion';
import { err, ok, type Result } from '@barometer/kernel';
import { decodeText } from '@barometer/text';
import { MalformedError, parseFeed, parseJsonFeed } from 'feedsmith';
import { CHALLENGE_ADVICE, challengeInPage } from '../challenge';
import { parseFeedDate } from './feed-date';
import { atomDocument } from './map-atom';
import { jsonDocument, newsApiAnswer, newsApiDocument, withTexts } from './map-json';
import { rdfDocument, rssDocument } from './map-rss';
import { rootOf } from './markup-tokens';
import { MOST_ITEMS, repairMarkup } from './repair-markup';
import { closedJson, saidToBePart, upToStructure } from './truncated';

const FEED_ROOTS = new Set(['rss', 'rdf', 'feed']);
/** Wrappers for isolated parts of a feed. */
const WRAPPED = new Map([
  ['channel', (text: string) => `<rss version="2.0">${text}</rss>`],
  ['entry', (text: string) => `<feed xmlns="http://www.w3.org/2005/Atom">${text}</feed>`],
]);
const HTML_ROOTS = /^(html|head|body|meta|title|script|div|h1|center)$/;
/** Characters that XML forbids, which lenient readers skip. */
const FORBIDDEN = /[\u0000-\u0008\u000b\u000c\u000e-\u001f\ufffe\uffff]/g;

const options = { parseDateFn: (raw: string): number | undefined => parseFeedDate(raw) };

/**
 * Reads RSS 0.9x to 2.0, RDF, Atom, JSON Feed and NewsAPI answers. Broken markup is repaired as long as its items can be
 * separated; document type declarations are ignored.
 */
export class FeedsmithFeedReader implements FeedReader {
  read(document: Parameters<FeedReader['read']>[0]): Result<FeedDocument, ReadError> {
    const { body, part } = document;
    if (part === undefined) return readBytes(document);
    return saidToBePart(readBytes(part === 'end' ? document : { ...document, body: upToStructure(body) }), part, body.byteLength);
  }
}

function readBytes({ body, contentType, url, part }: Parameters<FeedReader['read']>[0]): Result<FeedDocument, ReadError> {
  const truncated = part === 'beginning';
  const decoded = decodeText(body, contentType);
  if (!decoded.ok) return decoded;
  const text = joinedSurrogates(decoded.value.replace(FORBIDDEN, '')).trim();
  if (text === '') return refuse('empty', 'The document is empty.');
  if (!/^[{[]/.test(text)) return readXml(text, url, truncated);
  return readJson(truncated ? (closedJson(text) ?? text) : text, url);
}

/** References to the two surrogates of one character, as written by programs that use UTF-16; also when escaped twice. */
const HALVES = /&(?:amp;)?#(x?)([0-9a-f]{4,5});&(?:amp;)?#(x?)([0-9a-f]{4,5});/gi;

function joinedSurrogates(text: string): string {
  return text.replace(HALVES, (all, highHex: string, high: string, lowHex: string, low: string) => {
    const [first, second] = [Number.parseInt(high, highHex ? 16 : 10), Number.parseInt(low, lowHex ? 16 : 10)];
    return (first & 0xfc00) === 0xd800 && (second & 0xfc00) === 0xdc00 ? String.fromCharCode(first, second) : all;
  });
}

const refuse = (code: ReadErrorCode, message: string): Result<never, ReadError> => err({ code, message });

const NO_FEED = refuse('not-a-feed', 'The document has nothing in it that a feed has.');

function readXml(text: string, url: string, truncated: boolean): Result<FeedDocument, ReadError> {
  const root = rootOf(text);
  if (!root.ok) return root;
  const name = root.value ?? '';
  const wrap = WRAPPED.get(name);
  if (FEED_ROOTS.has(name) || wrap !== undefined) return readMarkup(text, url, { truncated, wrap });
  const start = text.indexOf('<?xml');
  // Many good feeds are preceded by a server's warning in HTML.
  if (start > 0 && !/^html$/.test(name)) return readXml(text.slice(start), url, truncated);
  if (HTML_ROOTS.test(name)) return refuse('html', pageMessage(text));
  if (name === 'opml') return refuse('not-a-feed', 'The document is an OPML list of feeds: import it instead.');
  const found = name === '' || !text.startsWith('<') ? 'neither XML nor JSON' : `an XML document with the root "${name.slice(0, 40)}"`;
  return refuse('not-a-feed', `The document is ${found}, not a feed.`);
}

function pageMessage(page: string): string {
  const whose = challengeInPage(page);
  if (whose === undefined) return 'The address leads to a web page, not to a feed.';
  return `In place of the feed came a page that checks whether a person asks (${whose}). ${CHALLENGE_ADVICE}`;
}

function readMarkup(
  text: string,
  url: string,
  { truncated, wrap = String }: { truncated: boolean; wrap: ((text: string) => string) | undefined },
): Result<FeedDocument, ReadError> {
  const repaired = repairMarkup(text, { truncated });
  if (!repaired.ok) return repaired;
  const { items, cutOff, elements, leftOut } = repaired.value;
  const read = (document: FeedDocument): Result<FeedDocument, ReadError> => ok(leftOut === undefined ? document : { ...document, leftOut });
  if (items === 0 && leftOut !== undefined) return refuse('too-complex', 'The document is nested too deeply to be a feed.');
  if (cutOff && items === 0) return refuse('malformed', 'The document breaks off before its first whole item.');
  try {
    const { format, feed } = parseFeed<number | undefined>(wrap(repaired.value.text), options);
    if (format === 'rss') return read(rssDocument(feed, url));
    if (format === 'atom') return read(atomDocument(feed, url));
    return format === 'rdf' ? read(rdfDocument(feed, url)) : NO_FEED;
  } catch (error) {
    return unreadable(error, elements === 1 ? repaired.value.text : undefined);
  }
}

/** The result for a document that feedsmith refused; `bareRoot` is a document of only the root, which is a feed without items. */
function unreadable(error: unknown, bareRoot: string | undefined): Result<FeedDocument, ReadError> {
  const cause = error instanceof MalformedError ? String(error.cause) : '';
  if (/nested|depth|call stack/i.test(cause)) return refuse('too-complex', 'The document is nested too deeply to be a feed.');
  if (error instanceof MalformedError) return refuse('malformed', 'The XML of the document is too broken to be read.');
  const format = /^<(?:[\w.-]+:)?(rss|rdf|feed)\b/i.exec(bareRoot ?? '')?.[1]?.toLowerCase();
  if (format === undefined) return NO_FEED;
  return ok({ format: format === 'feed' ? 'atom' : (format as 'rss' | 'rdf'), items: [] });
}

function readJson(text: string, url: string): Result<FeedDocument, ReadError> {
  // Parsing millions of brackets would take seconds before it fails.
  if (/^(?:\s*[[{]\s*(?:"[^"]{0,99}"\s*:)?){64}/.test(text)) return refuse('too-complex', 'The JSON of the document is nested too deeply.');
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    return refuse('malformed', 'The JSON of the document is broken or cut off.');
  }
  const leftOut = keepNewest(value);
  const read = (document: FeedDocument): Result<FeedDocument, ReadError> => ok(leftOut === undefined ? document : { ...document, leftOut });
  const newsApi = newsApiAnswer.safeParse(value);
  if (newsApi.success) return read(newsApiDocument(newsApi.data, url));
  try {
    return read(jsonDocument(parseJsonFeed<number | undefined>(withTexts(value), options), url));
  } catch {
    return refuse('not-a-feed', 'The document is JSON, but neither a JSON Feed nor an answer of NewsAPI.');
  }
}

/** Reduces a JSON document to its first `MOST_ITEMS` items, or the last if those are newer; returns a sentence on what was left out. */
function keepNewest(value: unknown): string | undefined {
  const document = value as Record<string, unknown>;
  for (const name of ['items', 'articles']) {
    const list = document[name];
    if (!Array.isArray(list) || list.length <= MOST_ITEMS) continue;
    const dateOf = (item: unknown) =>
      parseFeedDate(
        Object.values((item ?? {}) as object).find((field) => typeof field === 'string' && parseFeedDate(field) !== undefined) as string | undefined,
      );
    const [first, last] = [dateOf(list[0]), dateOf(list.at(-1))];
    document[name] = first !== undefined && last !== undefined && last > first ? list.slice(-MOST_ITEMS) : list.slice(0, MOST_ITEMS);
    return `Only the newest ${MOST_ITEMS.toLocaleString('en')} of its ${list.length.toLocaleString('en')} items were read.`;
  }
  return undefined;
}
