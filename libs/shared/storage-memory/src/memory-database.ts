import { randomUUID } from 'node:crypto';
import type { CanaryRecord } from '@barometer/canary';
import { STANDARD_RETENTION, type Contribution, type Retention } from '@barometer/kernel';
import type { AccessKeyRow, ArticleRow, NoteRow, SessionRow, SourceRow, TopicRow, TopicVersionRow } from './rows';

/**
 * The tables of the store as maps. Rows are never changed in place: a writer sets a new row, so that rows that were read
 * before stay unchanged, as with a database. Adapters copy all input and output.
 */
export class MemoryDatabase {
  /** By id. */
  readonly articles = new Map<string, ArticleRow>();
  /** Ids of articles by their other keys. */
  readonly articleKeys = new Map<string, string>();
  /** The items that each source listed at its last poll. */
  readonly listings = new Map<string, { readonly prints: readonly string[]; readonly keptAt: number }>();
  /** By id. */
  readonly sources = new Map<string, SourceRow>();
  /** Ids of sources by url; an index. */
  readonly sourceUrls = new Map<string, string>();
  /** By scope (the kernel's `scopeKey`), then by hour. */
  readonly rollups = new Map<string, Map<number, Contribution>>();
  /** Hours by source; '' stands for any source. */
  readonly observedHours = new Map<string, Set<number>>();
  /** Hours into which articles were imported, by source; '' stands for any source. */
  readonly importedHours = new Map<string, Set<number>>();
  /** Of undated items, by source, then by article. */
  readonly sightings = new Map<string, Map<string, { readonly firstSeen: number; readonly lastSeen: number }>>();
  /** By id. */
  readonly topics = new Map<string, TopicRow>();
  /** By topic, then by version. */
  readonly topicVersions = new Map<string, Map<number, TopicVersionRow>>();
  /** Which initial lists the store was given. */
  readonly seeded = new Map<string, 'begun' | 'done'>();
  /** By id. */
  readonly accessKeys = new Map<string, AccessKeyRow>();
  /** By id. */
  readonly sessions = new Map<string, SessionRow>();
  /** By id. */
  readonly notes = new Map<string, NoteRow>();
  /** The canary that was sent last. */
  canary?: CanaryRecord;
  private readonly store = randomUUID();
  private changes = 0;
  private articleNumber = 0;
  /** The latest hour whose articles were removed while its counts were kept. */
  outlivedHour = -1;

  constructor(readonly retention: Retention = STANDARD_RETENTION) {}

  /** Runs `work`, which must not be asynchronous, and moves the watermark unless `visible` is false. */
  transaction<T>(work: () => T, options: { readonly visible?: boolean } = {}): T {
    if (options.visible !== false) this.changes += 1;
    return work();
  }

  /** A short text that changes with every change that a reader could see, and differs between stores. */
  watermark(): string {
    return `${this.store}-${this.changes}`;
  }

  nextArticleNumber(): number {
    return (this.articleNumber += 1);
  }
}
