import type { Result } from '@barometer/kernel';

/** One entry of a feed as it stands there: text still with entities and tags. */
export interface FeedItem {
  readonly guid?: string;
  readonly link?: string;
  readonly title?: string;
  /** The title is plain text: what looks like a tag in it is none. */
  readonly titleIsText?: boolean;
  readonly summary?: string;
  /** Milliseconds since 1970, UTC; absent when the item has no date that can be read. */
  readonly publishedAt?: number;
  readonly publisher?: string;
  readonly language?: string;
}

export interface FeedDocument {
  readonly format: 'rss' | 'rdf' | 'atom' | 'json-feed' | 'newsapi';
  readonly title?: string;
  readonly homepage?: string;
  readonly language?: string;
  /** How long the feed asks to be left alone, in milliseconds. */
  readonly ttlMs?: number;
  readonly items: readonly FeedItem[];
  /** What of the document was not read, in a sentence for a reader. */
  readonly leftOut?: string;
}

export type ReadErrorCode = 'empty' | 'html' | 'not-a-feed' | 'malformed' | 'unsafe-dtd' | 'unknown-charset' | 'too-complex' | 'too-large';

/** Why a document is no readable feed; `message` is one sentence for a reader. */
export interface ReadError {
  readonly code: ReadErrorCode;
  readonly message: string;
}

/**
 * Reads a feed document. Pure: the same bytes give the same answer; never resolves an external entity. Of a document of
 * which the body is only a `part` (see `FetchedFeed`) the whole items in it are read, and `leftOut` says so.
 */
export interface FeedReader {
  read(document: { readonly body: Uint8Array; readonly contentType?: string; readonly url: string; readonly part?: 'beginning' | 'end' | undefined }): Result<FeedDocument, ReadError>;
}
