/** An entry of a feed that Barometer publishes. Times are milliseconds since 1970. */
export interface OutgoingEntry {
  /** A URI that stays the same for as long as the entry does, whatever the address of this Barometer. */
  readonly id: string;
  readonly title: string;
  readonly url: string;
  readonly publishedAt: number;
  readonly updatedAt: number;
  readonly authors: readonly string[];
  readonly categories: readonly string[];
  /** The content below the title: HTML, escaped by the caller. */
  readonly html: string;
}

/** A feed that Barometer publishes. */
export interface OutgoingFeed {
  /** A URI. */
  readonly id: string;
  readonly title: string;
  /** The address of the feed itself. */
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
