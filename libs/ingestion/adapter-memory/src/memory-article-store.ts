import { addArticles, knownArticle, type AddReport, type Article, type ArticleStore, type ChangeArticles, type KnownArticles } from '@barometer/ingestion';
import { expiryBound, hourOf, lastExpiredHour, storyScope, type Retention } from '@barometer/kernel';
import type { MemoryDatabase } from '@barometer/storage-memory';
import { changeArticles } from './change-articles';

/** Maximum prints in a source's listing. */
const MOST_PRINTS = 20_000;

/** The articles in memory. */
export class MemoryArticleStore implements ArticleStore {
  readonly retention: Retention;

  constructor(private readonly db: MemoryDatabase) {
    this.retention = db.retention;
  }

  addAll(articles: readonly Article[], now: number): Promise<AddReport> {
    const change: ChangeArticles = async (ids, storing) => this.db.transaction(() => changeArticles(this.db, ids, storing));
    return addArticles(change, articles, { now, retention: this.retention });
  }

  async find(keys: readonly string[]): Promise<KnownArticles> {
    return new Map(
      keys.flatMap((key) => {
        const row = this.db.articles.get(key) ?? this.db.articles.get(this.db.articleKeys.get(key) ?? '');
        return row ? [[key, structuredClone(knownArticle(row))] as const] : [];
      }),
    );
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
    return new Map(
      ids.map((id) => {
        const before = sightings.get(id);
        const firstSeen = before && before.lastSeen > now - this.retention.articles ? before.firstSeen : now;
        sightings.set(id, { firstSeen, lastSeen: now });
        return [id, firstSeen];
      }),
    );
  }

  async markObserved(sourceId: string, now: number): Promise<void> {
    this.db.transaction(() => {
      for (const id of ['', sourceId]) this.db.observedHours.set(id, (this.db.observedHours.get(id) ?? new Set()).add(hourOf(now)));
    });
  }

  async markImported(hours: ReadonlyMap<string, readonly number[]>): Promise<void> {
    this.mark(this.db.importedHours, hours);
  }

  async copyObserved(hours: ReadonlyMap<string, readonly number[]>): Promise<void> {
    this.mark(this.db.observedHours, hours);
  }

  private mark(marks: Map<string, Set<number>>, hours: ReadonlyMap<string, readonly number[]>): void {
    this.db.transaction(() => {
      for (const [sourceId, own] of hours) for (const id of ['', sourceId]) marks.set(id, new Set([...(marks.get(id) ?? []), ...own]));
    });
  }

  async importableFrom(now: number): Promise<number> {
    return Math.max(lastExpiredHour(now, this.retention.articles), this.db.outlivedHour) + 1;
  }

  async removeExpired(now: number): Promise<number> {
    const { articles, rollups } = this.retention;
    return this.db.transaction(() => {
      this.removeCounts(lastExpiredHour(now, articles), lastExpiredHour(now, rollups));
      for (const seen of this.db.sightings.values()) {
        for (const [id, { lastSeen }] of seen) if (lastSeen <= now - this.retention.articles) seen.delete(id);
      }
      for (const [id, { keptAt }] of this.db.listings) if (keptAt <= now - this.retention.articles) this.db.listings.delete(id);
      const expired = [...this.db.articles.values()].filter((article) => article.expiresAt <= expiryBound(now, this.retention));
      for (const { id, keys } of expired) {
        this.db.articles.delete(id);
        for (const key of keys) this.db.articleKeys.delete(key);
      }
      return expired.length;
    });
  }

  private removeCounts(lastOfArticles: number, last: number): void {
    const { rollups, observedHours, importedHours } = this.db;
    // A story's counts are useless without its articles.
    const ends = [...rollups].map(([scope, hours]) => [hours, scope.startsWith(storyScope('')) ? lastOfArticles : last] as const);
    for (const [hours, end] of [...ends, ...[...observedHours.values(), ...importedHours.values()].map((hours) => [hours, last] as const)]) {
      for (const hour of hours.keys()) if (hour <= end) hours.delete(hour);
    }
    if (last < lastOfArticles) this.db.outlivedHour = Math.max(this.db.outlivedHour, lastOfArticles);
  }
}
