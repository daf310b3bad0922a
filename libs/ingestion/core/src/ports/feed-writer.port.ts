/** An entry of a feed that Barometer offers to others. Times are milliseconds since 1970. */
export interface OutgoingEntry {
  /** Stays the same for as long as the entry is the same thing, whatever address this Barometer has. A URI. */
  readonly id: string;
  readonly title: string;
  readonly url: string;
  readonly publishedAt: number;
  readonly updatedAt: number;
  readonly authors: readonly string[];
  readonly categories: readonly string[];
  /** What a reader of feeds shows below the title: HTML, escaped by whoever made it. */
  readonly html: string;
}

/** A feed that Barometer offers to others. */
export interface OutgoingFeed {
  /** A URI. */
  readonly id: string;
  readonly title: string;
  /** Where the feed itself is. */
  readonly selfUrl: string;
  /** The page that shows the same. */
  readonly pageUrl: string;
  readonly updatedAt: number;
  readonly entries: readonly OutgoingEntry[];
}

export const outgoingFormats = ['atom', 'json'] as const;
/** Atom 1.0 (RFC 4287), or JSON Feed 1.1. */
export type OutgoingFormat = (typeof outgoingFormats)[number];

/** Writes a feed as a document of the format. */
export type WriteFeed = (feed: OutgoingFeed, format: OutgoingFormat) => string;
