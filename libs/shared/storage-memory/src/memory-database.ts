import { randomUUID } from 'node:crypto';
import type { Contribution } from '@barometer/kernel';
import type { AccessKeyRow, ArticleRow, SourceRow, TopicRow, TopicVersionRow } from './rows';

/**
 * The tables of the store as maps. Rows are never changed in place: a writer sets a new row, so that whoever read one
 * keeps what was read, as with a database. Adapters copy what comes in and what goes out.
 */
export class MemoryDatabase {
  /** By id. */
  readonly articles = new Map<string, ArticleRow>();
  /** Articles by the keys that they are known by besides their ids. */
  readonly articleKeys = new Map<string, string>();
  /** What each source listed at its last poll. */
  readonly listings = new Map<string, { readonly prints: readonly string[]; readonly keptAt: number }>();
  /** By id. */
  readonly sources = new Map<string, SourceRow>();
  /** The ids of sources by their url, as an index of theirs. */
  readonly sourceUrls = new Map<string, string>();
  /** By scope (the kernel's `scopeKey`), then by hour. */
  readonly rollups = new Map<string, Map<number, Contribution>>();
  /** Hours by source; '' stands for any source. */
  readonly observedHours = new Map<string, Set<number>>();
  /** Of undated items: by source, then by article. */
  readonly sightings = new Map<string, Map<string, { readonly firstSeen: number; readonly lastSeen: number }>>();
  /** By id. */
  readonly topics = new Map<string, TopicRow>();
  /** By topic, then by version. */
  readonly topicVersions = new Map<string, Map<number, TopicVersionRow>>();
  /** What the store was given to begin with, by list. */
  readonly seeded = new Map<string, 'begun' | 'done'>();
  /** By id. */
  readonly accessKeys = new Map<string, AccessKeyRow>();
  private readonly store = randomUUID();
  private changes = 0;
  private articleNumber = 0;

  /** Runs `work`, which must not be asynchronous, and moves the watermark unless `visible` is false. */
  transaction<T>(work: () => T, options: { readonly visible?: boolean } = {}): T {
    if (options.visible !== false) this.changes += 1;
    return work();
  }

  /** A short text that differs from store to store and after every change that a reader could see. */
  watermark(): string {
    return `${this.store}-${this.changes}`;
  }

  nextArticleNumber(): number {
    return (this.articleNumber += 1);
  }
}
