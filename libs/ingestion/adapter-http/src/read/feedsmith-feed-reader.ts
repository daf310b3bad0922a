import type { FeedDocument, FeedReader, ReadError, ReadErrorCode } from '@barometer/ingestion';
import { err, ok, type Result } from '@barometer/kernel';
import { decodeText } from '@barometer/text';
import { MalformedError, parseFeed, parseJsonFeed } from 'feedsmith';
import { parseFeedDate } from './feed-date';
import { atomDocument } from './map-atom';
import { jsonDocument, newsApiAnswer, newsApiDocument } from './map-json';
import { rdfDocument, rssDocument } from './map-rss';
import { rootOf } from './markup-tokens';
import { MOST_ITEMS, repairMarkup } from './repair-markup';

const FEED_ROOTS = new Set(['rss', 'rdf', 'feed']);
/** What lone pieces of a feed are put into. */
const WRAPPED = new Map([
  ['channel', (text: string) => `<rss version="2.0">${text}</rss>`],
  ['entry', (text: string) => `<feed xmlns="http://www.w3.org/2005/Atom">${text}</feed>`],
]);
const HTML_ROOTS = /^(html|head|body|meta|title|script|div|h1|center)$/;
/** Characters that XML forbids, which lenient readers skip. */
const FORBIDDEN = /[\u0000-\u0008\u000b\u000c\u000e-\u001f\ufffe\uffff]/g;

const options = { parseDateFn: (raw: string): number | undefined => parseFeedDate(raw) };

/**
 * Reads RSS 0.9x to 2.0, RDF, Atom, JSON Feed and NewsAPI answers. Broken markup is mended where its items can still be
 * told apart; document type declarations are never acted on.
 */
export class FeedsmithFeedReader implements FeedReader {
  read(document: Parameters<FeedReader['read']>[0]): Result<FeedDocument, ReadError> {
    const decoded = decodeText(document.body, document.contentType);
    if (!decoded.ok) return decoded;
    const text = decoded.value.replace(FORBIDDEN, '').trim();
    if (text === '') return refuse('empty', 'The document is empty.');
    return /^[{[]/.test(text) ? readJson(text, document.url) : readXml(text, document.url);
  }
}

const refuse = (code: ReadErrorCode, message: string): Result<never, ReadError> => err({ code, message });

const NO_FEED = refuse('not-a-feed', 'The document has nothing in it that a feed has.');

function readXml(text: string, url: string): Result<FeedDocument, ReadError> {
  const root = rootOf(text);
  if (!root.ok) return root;
  const name = root.value ?? '';
  const wrap = WRAPPED.get(name);
  if (FEED_ROOTS.has(name) || wrap !== undefined) return readMarkup(text, url, wrap);
  const start = text.indexOf('<?xml');
  // A server's warning in HTML stands before many a good feed.
  if (start > 0 && !/^html$/.test(name)) return readXml(text.slice(start), url);
  if (HTML_ROOTS.test(name)) return refuse('html', 'The address leads to a web page, not to a feed.');
  if (name === 'opml') return refuse('not-a-feed', 'The document is an OPML list of feeds: import it instead.');
  const found = name === '' || !text.startsWith('<') ? 'neither XML nor JSON' : `an XML document with the root "${name.slice(0, 40)}"`;
  return refuse('not-a-feed', `The document is ${found}, not a feed.`);
}

function readMarkup(text: string, url: string, wrap: (text: string) => string = String): Result<FeedDocument, ReadError> {
  const repaired = repairMarkup(text);
  if (!repaired.ok) return repaired;
  const { items, cutOff, elements } = repaired.value;
  if (cutOff && items === 0) return refuse('malformed', 'The document breaks off before its first whole item.');
  try {
    const { format, feed } = parseFeed<number | undefined>(wrap(repaired.value.text), options);
    if (format === 'rss') return ok(rssDocument(feed, url));
    if (format === 'atom') return ok(atomDocument(feed, url));
    return format === 'rdf' ? ok(rdfDocument(feed, url)) : NO_FEED;
  } catch (error) {
    return unreadable(error, elements === 1 ? repaired.value.text : undefined);
  }
}

/** What feedsmith gave up on; `bareRoot` is a document of nothing but the root, which is a feed without items. */
function unreadable(error: unknown, bareRoot: string | undefined): Result<FeedDocument, ReadError> {
  const cause = error instanceof MalformedError ? String(error.cause) : '';
  if (/nested|depth|call stack/i.test(cause)) return refuse('too-complex', 'The document is nested too deeply to be a feed.');
  if (error instanceof MalformedError) return refuse('malformed', 'The XML of the document is too broken to be read.');
  const format = /^<(?:[\w.-]+:)?(rss|rdf|feed)\b/i.exec(bareRoot ?? '')?.[1]?.toLowerCase();
  if (format === undefined) return NO_FEED;
  return ok({ format: format === 'feed' ? 'atom' : (format as 'rss' | 'rdf'), items: [] });
}

function readJson(text: string, url: string): Result<FeedDocument, ReadError> {
  // Parsing millions of brackets takes seconds only to fail.
  if (/^(?:\s*[[{]\s*(?:"[^"]{0,99}"\s*:)?){64}/.test(text)) return refuse('too-complex', 'The JSON of the document is nested too deeply.');
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    return refuse('malformed', 'The JSON of the document is broken or cut off.');
  }
  if (countOfItems(value) > MOST_ITEMS) return refuse('too-complex', 'The document has too many items to be a feed.');
  const newsApi = newsApiAnswer.safeParse(value);
  if (newsApi.success) return ok(newsApiDocument(newsApi.data, url));
  try {
    return ok(jsonDocument(parseJsonFeed<number | undefined>(value, options), url));
  } catch {
    return refuse('not-a-feed', 'The document is JSON, but neither a JSON Feed nor an answer of NewsAPI.');
  }
}

function countOfItems(value: unknown): number {
  const { items, articles } = value as { items?: unknown; articles?: unknown };
  return Math.max(...[items, articles].map((list) => (Array.isArray(list) ? list.length : 0)));
}
