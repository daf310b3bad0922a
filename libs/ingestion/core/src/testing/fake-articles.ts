import type { ArticleIngested } from '@barometer/events';
import { lastExpiredHour, STANDARD_RETENTION } from '@barometer/kernel';
import type { Article } from '../domain/article';
import type { KnownArticles } from '../domain/item-identity';
import type { AddReport, ArticleStore } from '../ports/article-store.port';
import type { ScoringQueue } from '../ports/scoring-queue.port';
import type { BackfillCandidate, TopicBackfillJob, TopicCatalog, TopicRule } from '../ports/topic-catalog.port';

/** Articles in a map. */
export class FakeArticles implements ArticleStore {
  readonly retention = STANDARD_RETENTION;
  /** Hours by source. */
  readonly imported = new Map<string, readonly number[]>();
  readonly stored = new Map<string, Article>();
  readonly observed: string[] = [];
  private readonly listings = new Map<string, readonly string[]>();
  private readonly sightings = new Map<string, number>();

  async addAll(articles: readonly Article[]): Promise<AddReport> {
    const fresh = articles.filter((article) => !this.stored.has(article.id) && this.stored.set(article.id, article));
    const pending = fresh.filter(({ status }) => status.state === 'pending').map(({ id }) => id);
    return { pending, skipped: fresh.length - pending.length, linked: 0, changed: 0, known: articles.length - fresh.length };
  }

  async find(keys: readonly string[]): Promise<KnownArticles> {
    const all = [...this.stored.values()];
    return new Map(
      keys.flatMap((key) => {
        const known = all.find((article) => article.id === key || article.keys.includes(key));
        return known ? [[key, known] as const] : [];
      }),
    );
  }

  async listing(sourceId: string): Promise<ReadonlySet<string>> {
    return new Set(this.listings.get(sourceId));
  }

  async keepListing(sourceId: string, prints: readonly string[]): Promise<void> {
    this.listings.set(sourceId, prints);
  }

  async firstSeen(sourceId: string, ids: readonly string[], now: number): Promise<ReadonlyMap<string, number>> {
    return new Map(
      ids.map((id) => {
        const key = `${sourceId} ${id}`;
        this.sightings.set(key, this.sightings.get(key) ?? now);
        return [id, this.sightings.get(key) ?? now];
      }),
    );
  }

  async markObserved(sourceId: string): Promise<void> {
    this.observed.push(sourceId);
  }

  async markImported(hours: ReadonlyMap<string, readonly number[]>): Promise<void> {
    for (const [sourceId, own] of hours) this.imported.set(sourceId, [...new Set([...(this.imported.get(sourceId) ?? []), ...own])].sort());
  }

  async copyObserved(hours: ReadonlyMap<string, readonly number[]>): Promise<void> {
    this.observed.push(...hours.keys());
  }

  async importableFrom(now: number): Promise<number> {
    return lastExpiredHour(now, this.retention.articles) + 1;
  }

  async removeExpired(): Promise<number> {
    return 0;
  }
}

/** Keeps what was sent; throws while `broken`. */
export class FakeQueue implements ScoringQueue {
  readonly sent: ArticleIngested[] = [];
  broken = false;

  async send(events: readonly ArticleIngested[]): Promise<void> {
    if (this.broken) throw new Error('the queue is down');
    this.sent.push(...events);
  }
}

/** Topic versions over a list of candidates, whose position is an index into it. */
export class FakeTopics implements TopicCatalog {
  readonly members: string[] = [];
  readonly finished: string[] = [];
  private waiting: readonly TopicBackfillJob[] = [];

  constructor(
    private readonly versions: readonly TopicRule[] = [],
    private readonly articles: readonly BackfillCandidate[] = [],
  ) {
    this.waiting = versions;
  }

  async rules(): Promise<readonly TopicRule[]> {
    return this.versions;
  }

  async jobs(): Promise<readonly TopicBackfillJob[]> {
    return this.waiting;
  }

  async candidates(job: TopicBackfillJob, _since: number, limit: number) {
    const start = Number(job.position ?? 0);
    const items = this.articles.slice(start, start + limit);
    return start + limit < this.articles.length ? { items, position: String(start + limit) } : { items };
  }

  async applyChunk(job: TopicBackfillJob, matching: readonly string[], position: string | undefined): Promise<void> {
    for (const id of matching) if (!this.members.includes(id)) this.members.push(id);
    this.waiting = this.waiting.map((one) => (one.topicId === job.topicId && position !== undefined ? { ...one, position } : one));
  }

  async finish(job: TopicBackfillJob): Promise<void> {
    this.finished.push(job.topicId);
    this.waiting = this.waiting.filter((one) => one.topicId !== job.topicId);
  }
}
