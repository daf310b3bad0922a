/** A feed that a web page names. */
export interface FoundFeed {
  /** An http or https address, absolute. */
  readonly url: string;
  /** What the page calls it, as plain text of at most 200 characters. */
  readonly title?: string;
}

/**
 * Finds the feeds that a web page names. Pure: the same bytes give the same answer. Nothing that the page names is fetched.
 * @returns the feeds in the page's order, those of comments last, each address once, at most 20
 */
export type FindFeedLinks = (page: { readonly body: Uint8Array; readonly contentType?: string; readonly url: string }) => readonly FoundFeed[];
