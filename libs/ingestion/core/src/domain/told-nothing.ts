/** Characters of a key that are enough to know it by: among a source's hundreds, one in a million million is another. */
const PRINT_LENGTH = 10;
/** A source's, the latest: so many places are known to tell nothing. */
const MOST_MARKS = 500;
const SHARED = '!';
const SPLIT = '#';

/**
 * What a source's documents have shown about guids and pages, which one document alone does not always show: a guid or page
 * that served several items tells nothing later either, when only one of them is still listed. Texts that a source's
 * listing is kept with, so that they cost no read of their own; each is a mark and the start of a key.
 */
export class ToldNothing {
  private readonly learned = new Set<string>();

  /** @param listing as `ArticleStore.listing` gives it; its prints of items are passed over */
  constructor(private readonly listing: ReadonlySet<string> = new Set()) {}

  /** Whether several items had this guid, page or fragment of a page. */
  isShared = (key: string): boolean => this.has(SHARED, key);

  /** Whether fragments told several items of this page apart. */
  isSplit = (page: string): boolean => this.has(SPLIT, page);

  share(key: string): void {
    this.learned.add(SHARED + key.slice(0, PRINT_LENGTH));
  }

  split(page: string): void {
    this.learned.add(SPLIT + page.slice(0, PRINT_LENGTH));
  }

  /** All of it, the latest first, to be kept with the listing. */
  marks(): string[] {
    const before = [...this.listing].filter((text) => text.startsWith(SHARED) || text.startsWith(SPLIT));
    return [...new Set([...this.learned, ...before])].slice(0, MOST_MARKS);
  }

  private has(mark: string, key: string): boolean {
    const text = mark + key.slice(0, PRINT_LENGTH);
    return this.learned.has(text) || this.listing.has(text);
  }
}
