import type { StoreProbe } from '@barometer/events/testing';
import { articleIdOf, DAY, expiryOf, HOUR, hourOf, MINUTE, type Retention } from '@barometer/kernel';
import type { Article } from '../domain/article';
import type { Source } from '../domain/source';
import type { ArticleStore } from '../ports/article-store.port';
import type { PendingArticles } from '../ports/pending-articles.port';
import type { SeedRecord } from '../ports/seed-record.port';
import type { SourceStore } from '../ports/source-store.port';
import type { TopicCatalog } from '../ports/topic-catalog.port';

/** The adapters of ingestion over one fresh, empty store. */
export interface IngestionHarness {
  readonly articles: ArticleStore;
  readonly sources: SourceStore;
  readonly pending: PendingArticles;
  readonly topics: TopicCatalog;
  readonly seeds: SeedRecord;
  readonly probe: StoreProbe;
  /** Counts that outlived their articles are hidden in time, but removed by the table itself. */
  readonly leavesCountsToTtl?: boolean;
  /** A short text that changes with every change that readers could see. */
  watermark(): Promise<string>;
  close(): Promise<void>;
}

export type CreateIngestionHarness = (retention?: Retention) => Promise<IngestionHarness>;

/** The time at which the suites start. */
export const NOW = Date.UTC(2026, 0, 15, 10, 20);

/** When the bucket of `NOW` expires in a store. */
export const expiryIn = ({ articles }: Pick<IngestionHarness, 'articles'>): number => expiryOf(hourOf(NOW), articles.retention.articles);

/** The id of the suite's article with this name. */
export const idOf = (name: string): string => articleIdOf(name);

/** A pending article of source "a", published at `NOW`. */
export function articleNamed(name: string, overrides: Partial<Article> = {}): Article {
  return {
    id: idOf(name),
    url: `https://example.org/${name}`,
    title: `Title of ${name}`,
    summary: `Summary of ${name}`,
    keys: [],
    sourceIds: ['a'],
    topics: [],
    publishedAt: NOW,
    dated: true,
    fetchedAt: NOW,
    status: { state: 'pending' },
    ...overrides,
  };
}

/** A source that is due at `NOW`, each on a host of its own. */
export function sourceNamed(id: string, overrides: Partial<Source> = {}, health: Partial<Source['health']> = {}): Source {
  return {
    id,
    kind: 'feed',
    url: `https://${id}.example/feed`,
    name: `Source ${id}`,
    intervalMinutes: 15,
    paused: false,
    addedAt: NOW - DAY,
    ...overrides,
    health: { status: 'never', nextPollAt: NOW - MINUTE, failures: 0, polls: 0, articles: 0, bytesSaved: 0, lastBytes: 0, ...health },
  };
}

export const hoursAgo = (hours: number): number => NOW - hours * HOUR;

/** A value that a test relies on. */
export function present<T>(value: T | undefined): T {
  if (value === undefined) throw new Error('The test expected a value here.');
  return value;
}
