import type { Result } from '@barometer/kernel';

/** One entry of a feed in its original form: texts still contain entities and tags. */
export interface FeedItem {
  readonly guid?: string;
  readonly link?: string;
  readonly title?: string;
  /** Whether the title is plain text, in which apparent tags are text. */
  readonly titleIsText?: boolean;
  readonly summary?: string;
  /** Milliseconds since 1970, UTC; absent if there is no readable date. */
  readonly publishedAt?: number;
  readonly publisher?: string;
  readonly language?: string;
}

export interface FeedDocument {
  readonly format: 'rss' | 'rdf' | 'atom' | 'json-feed' | 'newsapi';
  readonly title?: string;
  readonly homepage?: string;
  readonly language?: string;
  /** How long the feed asks not to be polled, in milliseconds. */
  readonly ttlMs?: number;
  readonly items: readonly FeedItem[];
  /** Which part of the document was not read, in a sentence for a reader. */
  readonly leftOut?: string;
}

export type ReadErrorCode = 'empty' | 'html' | 'not-a-feed' | 'malformed' | 'unsafe-dtd' | 'unknown-charset' | 'too-complex' | 'too-large';

/** Why a document cannot be read as a feed; `message` is one sentence for a reader. */
export interface ReadError {
  readonly code: ReadErrorCode;
  readonly message: string;
}

/**
 * Reads a feed document. Pure: the same bytes give the same answer; never resolves an external entity. If the body is
 * only a `part` of a document (see `FetchedFeed`), its complete items are read, and `leftOut` says so.
 */
export interface FeedReader {
  read(document: {
    readonly body: Uint8Array;
    readonly contentType?: string;
    readonly url: string;
    readonly part?: 'beginning' | 'end' | undefined;
  }): Result<FeedDocument, ReadError>;
}
