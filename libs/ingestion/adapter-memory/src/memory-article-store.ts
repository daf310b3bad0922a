import { relisted, type AddReport, type Article, type ArticleStore, type KnownArticles } from '@barometer/ingestion';
import { contributionOf, expiryOf, hourOf, lastExpiredHour, RETENTION, RollupIncrements, scopesOfSource } from '@barometer/kernel';
import { addToRollups, type ArticleRow, type MemoryDatabase } from '@barometer/storage-memory';

/** Of a source's listing. */
const MOST_PRINTS = 20_000;

/** The articles in memory. */
export class MemoryArticleStore implements ArticleStore {
  constructor(private readonly db: MemoryDatabase) {}

  async addAll(articles: readonly Article[], now: number): Promise<AddReport> {
    const report = { pending: [] as string[], skipped: 0, linked: 0, changed: 0, known: 0 };
    return this.db.transaction(() => {
      const rollups = new RollupIncrements();
      for (const article of articles) {
        const known = this.db.articles.get(article.id);
        if (!known) {
          this.insert(article, now);
          if (article.status.state === 'pending') report.pending.push(article.id);
          else report.skipped += 1;
          continue;
        }
        const news = known.expiresAt > now ? this.listedAgain(article, known, rollups) : { linked: false, changed: false };
        report.linked += Number(news.linked);
        report.changed += Number(news.changed);
        report.known += Number(!news.linked && !news.changed);
      }
      addToRollups(this.db, rollups);
      return report;
    });
  }

  async find(keys: readonly string[]): Promise<KnownArticles> {
    return new Map(keys.flatMap((key) => {
      const row = this.db.articles.get(key) ?? this.db.articles.get(this.db.articleKeys.get(key) ?? '');
      if (!row) return [];
      const { id, url, title, publishedAt, sources } = row;
      return [[key, { id, url, title, publishedAt, keys: [...row.keys], sourceIds: sources.map(({ sourceId }) => sourceId) }] as const];
    }));
  }

  async listing(sourceId: string): Promise<ReadonlySet<string>> {
    return new Set(this.db.listings.get(sourceId)?.prints);
  }

  async keepListing(sourceId: string, prints: readonly string[], now: number): Promise<void> {
    this.db.listings.set(sourceId, { prints: prints.slice(0, MOST_PRINTS), keptAt: now });
  }

  async firstSeen(sourceId: string, ids: readonly string[], now: number): Promise<ReadonlyMap<string, number>> {
    const sightings = this.db.sightings.get(sourceId) ?? new Map();
    this.db.sightings.set(sourceId, sightings);
    return new Map(ids.map((id) => {
      const before = sightings.get(id);
      const firstSeen = before && before.lastSeen > now - RETENTION ? before.firstSeen : now;
      sightings.set(id, { firstSeen, lastSeen: now });
      return [id, firstSeen];
    }));
  }

  async markObserved(sourceId: string, now: number): Promise<void> {
    this.db.transaction(() => {
      for (const id of ['', sourceId]) this.db.observedHours.set(id, (this.db.observedHours.get(id) ?? new Set()).add(hourOf(now)));
    });
  }

  async removeExpired(now: number): Promise<number> {
    const last = lastExpiredHour(now);
    return this.db.transaction(() => {
      for (const hours of [...this.db.rollups.values(), ...this.db.observedHours.values()]) {
        for (const hour of hours.keys()) if (hour <= last) hours.delete(hour);
      }
      for (const seen of this.db.sightings.values()) {
        for (const [id, { lastSeen }] of seen) if (lastSeen <= now - RETENTION) seen.delete(id);
      }
      for (const [id, { keptAt }] of this.db.listings) if (keptAt <= now - RETENTION) this.db.listings.delete(id);
      const expired = [...this.db.articles.values()].filter((article) => article.expiresAt <= now);
      for (const { id, keys } of expired) {
        this.db.articles.delete(id);
        for (const key of keys) this.db.articleKeys.delete(key);
      }
      return expired.length;
    });
  }

  private insert(article: Article, now: number): void {
    const { sourceIds, topics, status, keys, isMoved: _isMoved, ...fields } = article;
    const hour = hourOf(article.publishedAt);
    this.db.articles.set(article.id, {
      ...fields,
      keys: this.take(article.id, keys),
      number: this.db.nextArticleNumber(),
      storedAt: now,
      hour,
      expiresAt: expiryOf(hour),
      ...status,
      changes: 0,
      receives: 0,
      availableAt: 0,
      sources: [...new Set(sourceIds)].map((sourceId) => ({ sourceId })),
      topics: topics.filter(({ topicId, version }) => this.db.topicVersions.get(topicId)?.has(version)).map((topic) => ({ ...topic })),
    });
  }

  private listedAgain(article: Article, known: ArticleRow, rollups: RollupIncrements): { linked: boolean; changed: boolean } {
    const { listed, url, keys } = relisted(article, known);
    const before = new Map(known.sources.map((source) => [source.sourceId, source]));
    const after = new Map(before);
    for (const sourceId of article.sourceIds) {
      after.set(sourceId, { sourceId, ...(listed !== undefined && { listed }) });
      if (before.has(sourceId) || !known.sentiment) continue;
      rollups.add(scopesOfSource(sourceId, known.topics), known.hour, contributionOf(known.sentiment));
    }
    const changed = url !== undefined || (listed !== undefined && article.sourceIds.some((sourceId) => before.get(sourceId)?.listed !== listed));
    this.db.articles.set(known.id, {
      ...known, ...(url !== undefined && { url }), keys: [...known.keys, ...this.take(known.id, keys)], sources: [...after.values()], changes: known.changes + Number(changed),
    });
    return { linked: after.size > before.size, changed };
  }

  /** Those of the keys that no other article has, which are this one's from now on. */
  private take(articleId: string, keys: readonly string[]): string[] {
    const free = [...new Set(keys)].filter((key) => !this.db.articleKeys.has(key) && !this.db.articles.has(key));
    for (const key of free) this.db.articleKeys.set(key, articleId);
    return free;
  }
}
