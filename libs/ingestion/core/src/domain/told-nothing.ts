/** Characters of a key that suffice to identify it among the hundreds of a source: a collision has a chance of one in a million million. */
const PRINT_LENGTH = 10;
/** How many marks are kept per source, the latest ones. */
const MOST_MARKS = 500;
const SHARED = '!';
const SPLIT = '#';

/**
 * Remembers which guids and pages of a source are ambiguous, across its documents: one that several items had stays
 * ambiguous when only one of them is still listed. Stored as texts with the source's listing, so that they need no read of
 * their own; each is a mark and the first characters of a key.
 */
export class ToldNothing {
  private readonly learned = new Set<string>();

  /** @param listing from `ArticleStore.listing`; its prints of items are ignored */
  constructor(private readonly listing: ReadonlySet<string> = new Set()) {}

  /** Whether several items had this guid, page or fragment of a page. */
  isShared = (key: string): boolean => this.has(SHARED, key);

  /** Whether several items had this page and were distinguished by fragments. */
  isSplit = (page: string): boolean => this.has(SPLIT, page);

  share(key: string): void {
    this.learned.add(SHARED + key.slice(0, PRINT_LENGTH));
  }

  split(page: string): void {
    this.learned.add(SPLIT + page.slice(0, PRINT_LENGTH));
  }

  /** The latest marks, newest first, to be stored with the listing. */
  marks(): string[] {
    const before = [...this.listing].filter((text) => text.startsWith(SHARED) || text.startsWith(SPLIT));
    return [...new Set([...this.learned, ...before])].slice(0, MOST_MARKS);
  }

  private has(mark: string, key: string): boolean {
    const text = mark + key.slice(0, PRINT_LENGTH);
    return this.learned.has(text) || this.listing.has(text);
  }
}
