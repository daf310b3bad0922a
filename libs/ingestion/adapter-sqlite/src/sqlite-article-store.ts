import { setImmediate } from 'node:timers/promises';
import { addArticles, knownArticle, type AddReport, type Article, type ArticleStore, type ChangeArticles, type KnownArticles } from '@barometer/ingestion';
import { hourOf, lastExpiredHour, type Retention } from '@barometer/kernel';
import { markImported, markObserved, noteOutlived, outlivedHour, refreshStoryTotals, removeObserved, type SqliteDatabase } from '@barometer/storage-sqlite';
import { changeArticles, LAST_NUMBER, readArticles } from './change-articles';

/** Articles removed per transaction: few enough that other writers wait only a few milliseconds. */
const EXPIRY_CHUNK = 200;

/** Maximum prints in a source's listing. */
const MOST_PRINTS = 20_000;

/** The articles in the SQLite store; a batch is one transaction. */
export class SqliteArticleStore implements ArticleStore {
  readonly retention: Retention;

  constructor(private readonly db: SqliteDatabase) {
    this.retention = db.retention;
  }

  addAll(articles: readonly Article[], now: number): Promise<AddReport> {
    const change: ChangeArticles = async (ids, storing) => this.db.transaction(() => changeArticles(this.db, ids, storing));
    return addArticles(change, articles, { now, retention: this.retention });
  }

  async find(keys: readonly string[]): Promise<KnownArticles> {
    const named = this.db.all<{ key: string; id: string }>(
      'SELECT value AS key, coalesce((SELECT article_id FROM article_keys WHERE key = value), value) AS id FROM json_each(?)',
      JSON.stringify(keys),
    );
    const articles = readArticles(this.db, [...new Set(named.map(({ id }) => id))]);
    const known = new Map(articles.map((article) => [article.id, knownArticle(article)]));
    return new Map(
      named.flatMap(({ key, id }) => {
        const article = known.get(id);
        return article ? [[key, article] as const] : [];
      }),
    );
  }

  async listing(sourceId: string): Promise<ReadonlySet<string>> {
    const row = this.db.get<{ prints: string }>('SELECT prints FROM listings WHERE source_id = ?', sourceId);
    return new Set(row?.prints ? row.prints.split(' ') : []);
  }

  async keepListing(sourceId: string, prints: readonly string[], now: number): Promise<void> {
    const upsert =
      'INSERT INTO listings (source_id, prints, kept_at) VALUES (?, ?, ?) ON CONFLICT (source_id) DO UPDATE SET prints = excluded.prints, kept_at = excluded.kept_at';
    this.db.transaction(() => this.db.run(upsert, sourceId, prints.slice(0, MOST_PRINTS).join(' '), now), { visible: false, durable: false });
  }

  async firstSeen(sourceId: string, ids: readonly string[], now: number): Promise<ReadonlyMap<string, number>> {
    const upsert = `INSERT INTO sightings (source_id, article_id, first_seen, last_seen) VALUES (?, ?, ?, ?)
      ON CONFLICT (source_id, article_id) DO UPDATE SET
        first_seen = CASE WHEN last_seen <= ? THEN excluded.first_seen ELSE first_seen END, last_seen = excluded.last_seen
      RETURNING first_seen AS firstSeen`;
    return this.db.transaction(
      () =>
        new Map(
          ids.map((id) => {
            const row = this.db.get<{ firstSeen: number }>(upsert, sourceId, id, now, now, now - this.retention.articles);
            return [id, row?.firstSeen ?? now];
          }),
        ),
      { visible: false, durable: false },
    );
  }

  async markObserved(sourceId: string, now: number): Promise<void> {
    this.db.transaction(() => markObserved(this.db, sourceId, hourOf(now)), { durable: false });
  }

  async markImported(hours: ReadonlyMap<string, readonly number[]>): Promise<void> {
    this.db.transaction(() => hours.forEach((own, sourceId) => own.forEach((hour) => markImported(this.db, sourceId, hour))));
  }

  async copyObserved(hours: ReadonlyMap<string, readonly number[]>): Promise<void> {
    this.db.transaction(() => hours.forEach((own, sourceId) => own.forEach((hour) => markObserved(this.db, sourceId, hour))));
  }

  async importableFrom(now: number): Promise<number> {
    return Math.max(lastExpiredHour(now, this.retention.articles), outlivedHour(this.db)) + 1;
  }

  async removeExpired(now: number): Promise<number> {
    const { articles, rollups } = this.retention;
    const [hour, rollupHour] = [lastExpiredHour(now, articles), lastExpiredHour(now, rollups)];
    this.db.transaction(() => {
      this.db.run('DELETE FROM rollups WHERE hour <= ?', rollupHour);
      if (rollupHour < hour) this.keepCounts(hour);
      removeObserved(this.db, rollupHour);
      this.db.run('DELETE FROM sightings WHERE last_seen <= ?', now - this.retention.articles);
      this.db.run('DELETE FROM listings WHERE kept_at <= ?', now - this.retention.articles);
    });
    let removed = 0;
    for (;;) {
      const chunk = this.db.transaction(() => this.removeChunk(now));
      removed += chunk;
      if (chunk < EXPIRY_CHUNK) return removed;
      await setImmediate();
    }
  }

  /** Keeps the counts of articles that expire up to this hour, except those of stories, which are useless without articles. */
  private keepCounts(hour: number): void {
    this.db.run(`DELETE FROM rollups WHERE hour <= ? AND scope BETWEEN 'y:' AND 'y;'`, hour);
    noteOutlived(this.db, hour);
  }

  /** Removes some expired articles. If the highest number is among them, it is recorded, since a running back-fill needs numbers that only grow. */
  private removeChunk(now: number): number {
    const last = this.db.get<{ last: number | null }>('SELECT max(number) AS last FROM articles')?.last ?? 0;
    const expired = this.db.all<{ number: number; story: string }>(
      'SELECT number, coalesce(joined_story, id) AS story FROM articles WHERE expires_at <= ? LIMIT ?',
      this.db.expiryBound(now),
      EXPIRY_CHUNK,
    );
    const removed = this.db.run('DELETE FROM articles WHERE number IN (SELECT value FROM json_each(?))', JSON.stringify(expired.map(({ number }) => number)));
    refreshStoryTotals(
      this.db,
      expired.map(({ story }) => story),
    );
    if (removed > 0 && !this.db.get('SELECT 1 FROM articles WHERE number = ?', last)) {
      this.db.run(
        `INSERT INTO meta VALUES (?, ?) ON CONFLICT (key) DO UPDATE SET value = excluded.value WHERE CAST(value AS INTEGER) < CAST(excluded.value AS INTEGER)`,
        LAST_NUMBER,
        String(last),
      );
    }
    return removed;
  }
}
