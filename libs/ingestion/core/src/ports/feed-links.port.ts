/** A feed that a web page names. */
export interface FoundFeed {
  /** An http or https address, absolute. */
  readonly url: string;
  /** Its title in the page, as plain text of at most 200 characters. */
  readonly title?: string;
}

/**
 * Finds the feeds that a web page links to. Pure: the same bytes give the same answer. Fetches nothing.
 * @returns the feeds in the page's order, those of comments last, each address once, at most 20
 */
export type FindFeedLinks = (page: { readonly body: Uint8Array; readonly contentType?: string; readonly url: string }) => readonly FoundFeed[];
