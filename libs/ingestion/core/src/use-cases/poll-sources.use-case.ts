import { MINUTE, type Clock } from '@barometer/kernel';
import type { DetectLanguage } from '../domain/language';
import { canonicalUrl } from '../domain/canonical-url';
import { itemKeys, type ItemKeys } from '../domain/item-keys';
import { MAX_AGE } from '../domain/listed-date';
import { listedItem } from '../domain/listed-item';
import { defaultName, feedName } from '../domain/new-source';
import { documentNotices } from '../domain/document-notices';
import type { Source, SourceHealth } from '../domain/source';
import { healthAfterDocument, healthAfterFailure, healthAfterNotModified, type PollFailure, type PollFailureKind } from '../domain/source-health';
import { takeArticles, type KeyedItem } from '../domain/take-articles';
import { ToldNothing } from '../domain/told-nothing';
import type { ArticleStore } from '../ports/article-store.port';
import type { FeedFetcher, FetchedFeed } from '../ports/feed-fetcher.port';
import type { FeedDocument, FeedReader } from '../ports/feed-reader.port';
import type { ScoringQueue } from '../ports/scoring-queue.port';
import type { SourceLease, SourceStore } from '../ports/source-store.port';
import type { TopicCatalog } from '../ports/topic-catalog.port';
import { identifyArticles, type IdentifiedArticles } from './identify-articles';
import { storeArticles } from './store-articles';

export interface PollSourcesDeps {
  readonly sources: SourceStore;
  readonly fetcher: FeedFetcher;
  readonly reader: FeedReader;
  readonly articles: ArticleStore;
  readonly queue: ScoringQueue;
  readonly topics: TopicCatalog;
  readonly clock: Clock;
  readonly detectLanguage: DetectLanguage;
  /** In 0...1, for jitter. */
  readonly random?: () => number;
  readonly log?: (line: string) => void;
}

export interface PollOptions {
  /** At most this many sources are polled; all that are due by default. */
  readonly limit?: number;
  /** Sources polled at the same time. */
  readonly concurrency?: number;
  /** Called when a source was leased and its poll begins, so that another worker may now ask for due sources. */
  readonly onBegun?: (source: Source) => void;
  readonly onPolled?: (source: Source, outcome: PollOutcome) => void;
  /** Once aborted, no further source is started; polls in progress are finished. */
  readonly signal?: AbortSignal;
}

/** The outcome of one poll. `newArticles` were stored now; `skipped` of them are not scored. */
export interface PollOutcome {
  readonly kind: 'polled' | 'not-modified' | 'failed';
  readonly newArticles: number;
  readonly skipped: number;
  readonly linked: number;
  /** Why it failed: a sentence, and the kind of failure. */
  readonly message?: string;
  readonly failure?: PollFailureKind;
}

/** Sums over the polls; `polled` counts all of them, including `failed` and `notModified`. */
export interface PollReport {
  readonly polled: number;
  readonly failed: number;
  readonly notModified: number;
  readonly newArticles: number;
  readonly skipped: number;
  readonly linked: number;
}

type Document = Extract<FetchedFeed, { kind: 'document' }>;

/** Longer than a fetch with its redirects may take; a source whose poll was killed waits this long. */
const LEASE = 3 * MINUTE;
const CONCURRENCY = 6;
const NOTHING = { newArticles: 0, skipped: 0, linked: 0 };

/**
 * Polls the due sources until none is left. A failing source records the reason and never stops the others; only an
 * outage of the source store itself is thrown. Articles are stored before the validators, which could otherwise hide
 * them behind a 304.
 */
export class PollSources {
  private readonly random: () => number;
  private readonly log: (line: string) => void;

  constructor(private readonly deps: PollSourcesDeps) {
    this.random = deps.random ?? Math.random;
    this.log = deps.log ?? (() => undefined);
  }

  async execute({ limit = Infinity, concurrency = CONCURRENCY, onBegun, onPolled, signal }: PollOptions = {}): Promise<PollReport> {
    const outcomes: PollOutcome[] = [];
    let begun = 0;
    // Each worker takes one at a time, so that a slow source holds up only its own worker.
    const worker = async () => {
      while (begun < limit && !signal?.aborted) {
        begun += 1;
        const [lease] = await this.deps.sources.leaseDue(this.deps.clock.now(), 1, LEASE);
        if (!lease) {
          begun -= 1;
          return;
        }
        onBegun?.(lease.source);
        const outcome = await this.pollSafely(lease);
        outcomes.push(outcome);
        onPolled?.(lease.source, outcome);
      }
    };
    const ends = await Promise.allSettled(Array.from({ length: Math.min(concurrency, limit) }, worker));
    const outage = ends.find((end) => end.status === 'rejected');
    if (outage) throw outage.reason;
    return sum(outcomes);
  }

  private async pollSafely(lease: SourceLease): Promise<PollOutcome> {
    try {
      return await this.poll(lease);
    } catch (error) {
      const reason = error instanceof Error ? error.message : String(error);
      this.log(`polling ${lease.source.id} failed unexpectedly: ${reason}`);
      return this.fail(lease, { code: 'unexpected', message: `The poll failed unexpectedly: ${reason.slice(0, 300)}` }).catch((second: unknown) => {
        // The store is not writable now; the lease expires and the source is polled again then.
        this.log(`the failure of ${lease.source.id} could not be stored: ${String(second)}`);
        return { kind: 'failed', ...NOTHING, message: reason, failure: 'unexpected' };
      });
    }
  }

  private async poll(lease: SourceLease): Promise<PollOutcome> {
    const { url, userAgent, health } = lease.source;
    const fetched = await this.deps.fetcher.fetch({
      url,
      ...(health.etag !== undefined && { etag: health.etag }),
      ...(health.lastModified !== undefined && { lastModified: health.lastModified }),
      ...(userAgent !== undefined && { userAgent }),
    });
    if (!fetched.ok) return this.fail(lease, fetched.error);
    if (fetched.value.kind === 'not-modified') {
      await this.deps.articles.markObserved(lease.source.id, this.deps.clock.now());
      await this.complete(lease, healthAfterNotModified(lease.source, fetched.value, this.end()));
      return { kind: 'not-modified', ...NOTHING };
    }
    return this.take(lease, fetched.value);
  }

  private async take(lease: SourceLease, document: Document): Promise<PollOutcome> {
    const feed = this.deps.reader.read(document);
    if (!feed.ok) return this.fail(lease, { code: feed.error.code, message: feed.error.message, httpStatus: document.httpStatus });
    const { source } = lease;
    const { articles, listing, takenSince, notices } = await this.articlesOf(source, document, feed.value);
    const stored = await storeArticles(this.deps, articles, this.log);
    // After the articles: if the process ends in between, they are only compared once more.
    if (listing) await this.deps.articles.keepListing(source.id, listing, this.deps.clock.now());
    await this.deps.articles.markObserved(source.id, this.deps.clock.now());
    const learned = { newArticles: stored.newArticles, ttlMs: feed.value.ttlMs, takenSince, notices };
    await this.complete(lease, healthAfterDocument(source, document, learned, this.end()), document.movedTo);
    await this.nameAfterFeed(source, feed.value.title);
    return { kind: 'polled', ...stored };
  }

  private async articlesOf(
    source: Source,
    document: Document,
    feed: FeedDocument,
  ): Promise<IdentifiedArticles & { readonly takenSince?: number; readonly notices: readonly string[] }> {
    const now = this.deps.clock.now();
    const context = { source, feed, baseUrl: document.url, now, detectLanguage: this.deps.detectLanguage };
    const listed = feed.items.map((item) => listedItem(item, context)).filter((item) => item !== undefined);
    const before = await this.deps.articles.listing(source.id);
    const toldNothing = new ToldNothing(before);
    const keys = itemKeys(listed, { sourceId: source.id, ownPages: ownPages(source, document, feed), toldNothing });
    const items: KeyedItem[] = listed.map((item, index) => ({ ...item, itemKeys: keys[index] as ItemKeys }));
    const undated = items.filter((item) => item.publishedAt === undefined).map((item) => item.itemKeys.id);
    const firstSeen = undated.length > 0 ? await this.deps.articles.firstSeen(source.id, [...new Set(undated)], now) : new Map<string, number>();
    // Read last, so that a topic that was changed meanwhile is matched in its new version too.
    const rules = await this.deps.topics.rules();
    const { lastSuccessAt, takenSince } = source.health;
    const taken = takeArticles(items, {
      sourceId: source.id,
      firstPoll: lastSuccessAt === undefined,
      takenSince,
      firstSeen,
      rules,
      now,
      maxAge: Math.min(MAX_AGE, this.deps.articles.retention.articles),
    });
    const identified = await identifyArticles(this.deps.articles, { sourceId: source.id, before, toldNothing }, taken.taken, items);
    return { ...identified, notices: documentNotices(items, feed), ...(taken.takenSince !== undefined && { takenSince: taken.takenSince }) };
  }

  private async fail(lease: SourceLease, failure: PollFailure & { readonly code: PollFailureKind }): Promise<PollOutcome> {
    await this.complete(lease, healthAfterFailure(lease.source, failure, this.end()));
    return { kind: 'failed', ...NOTHING, message: failure.message, failure: failure.code };
  }

  private async complete(lease: SourceLease, health: SourceHealth, newUrl?: string): Promise<void> {
    const held = await this.deps.sources.complete(lease, health, newUrl);
    if (!held) this.log(`${lease.source.id} was removed, changed or leased again during its poll`);
  }

  /** A source that was added without a name takes the feed's title as its name. */
  private async nameAfterFeed(source: Source, title: string | undefined): Promise<void> {
    const name = feedName(title);
    if (name !== '' && source.health.lastSuccessAt === undefined && source.name === defaultName(source.url))
      await this.deps.sources.change(source.id, { name });
  }

  private end() {
    return { now: this.deps.clock.now(), random: this.random() };
  }
}

/** Addresses of links that identify no article: the feed's own, and that of its page. */
function ownPages(source: Source, document: Document, feed: FeedDocument): string[] {
  return [source.url, document.url, feed.homepage ?? ''].flatMap((address) => canonicalUrl(address, document.url) ?? []);
}

function sum(outcomes: readonly PollOutcome[]): PollReport {
  const total = (count: (outcome: PollOutcome) => number) => outcomes.reduce((all, outcome) => all + count(outcome), 0);
  return {
    polled: outcomes.length,
    failed: total(({ kind }) => Number(kind === 'failed')),
    notModified: total(({ kind }) => Number(kind === 'not-modified')),
    newArticles: total((outcome) => outcome.newArticles),
    skipped: total((outcome) => outcome.skipped),
    linked: total((outcome) => outcome.linked),
  };
}
