import { setImmediate } from 'node:timers/promises';
import { relisted, type AddReport, type Article, type ArticleStore, type KnownArticle, type KnownArticles } from '@barometer/ingestion';
import { contributionOf, expiryOf, hourOf, lastExpiredHour, RETENTION, RollupIncrements, scopesOfSource } from '@barometer/kernel';
import {
  addToRollups, indexWords, membershipsOf, sentimentColumns, sentimentOf, type SentimentColumns, type SqliteDatabase,
} from '@barometer/storage-sqlite';

/** Articles that are removed in one transaction: few enough to keep others waiting only some milliseconds. */
const EXPIRY_CHUNK = 200;

/** Among the store's facts about itself: the highest number of an article that was removed. */
const LAST_NUMBER = 'articles.last-number';

interface KnownRow extends SentimentColumns {
  readonly id: string;
  readonly url: string;
  readonly title: string;
  readonly summary: string;
  readonly hour: number;
  readonly published_at: number;
  readonly expires_at: number;
}

/** Of a source's listing. */
const MOST_PRINTS = 20_000;

/** The articles in the SQLite store; a batch is one transaction. */
export class SqliteArticleStore implements ArticleStore {
  constructor(private readonly db: SqliteDatabase) {}

  async addAll(articles: readonly Article[], now: number): Promise<AddReport> {
    const report = { pending: [] as string[], skipped: 0, linked: 0, changed: 0, known: 0 };
    return this.db.transaction(() => {
      const versions = this.topicVersions();
      const rollups = new RollupIncrements();
      for (const article of articles) {
        const known = this.known(article.id);
        if (!known) {
          this.insert(article, now, versions);
          if (article.status.state === 'pending') report.pending.push(article.id);
          else report.skipped += 1;
          continue;
        }
        const news = known.expires_at > now ? this.listedAgain(article, known, rollups) : { linked: false, changed: false };
        report.linked += Number(news.linked);
        report.changed += Number(news.changed);
        report.known += Number(!news.linked && !news.changed);
      }
      addToRollups(this.db, rollups);
      return report;
    });
  }

  async find(keys: readonly string[]): Promise<KnownArticles> {
    const found = new Map<string, KnownArticle>();
    for (const key of keys) {
      const row = this.db.get<Pick<KnownArticle, 'id' | 'url' | 'title' | 'publishedAt'>>(
        `SELECT id, url, title, published_at AS publishedAt FROM articles WHERE id = coalesce((SELECT article_id FROM article_keys WHERE key = ?), ?)`, key, key,
      );
      if (row) found.set(key, { ...row, keys: this.keysOf(row.id), sourceIds: membershipsOf(this.db, row.id).sourceIds });
    }
    return found;
  }

  async listing(sourceId: string): Promise<ReadonlySet<string>> {
    const row = this.db.get<{ prints: string }>('SELECT prints FROM listings WHERE source_id = ?', sourceId);
    return new Set(row?.prints ? row.prints.split(' ') : []);
  }

  async keepListing(sourceId: string, prints: readonly string[], now: number): Promise<void> {
    const upsert = 'INSERT INTO listings (source_id, prints, kept_at) VALUES (?, ?, ?) ON CONFLICT (source_id) DO UPDATE SET prints = excluded.prints, kept_at = excluded.kept_at';
    this.db.transaction(() => this.db.run(upsert, sourceId, prints.slice(0, MOST_PRINTS).join(' '), now), { visible: false });
  }

  async firstSeen(sourceId: string, ids: readonly string[], now: number): Promise<ReadonlyMap<string, number>> {
    const upsert = `INSERT INTO sightings (source_id, article_id, first_seen, last_seen) VALUES (?, ?, ?, ?)
      ON CONFLICT (source_id, article_id) DO UPDATE SET
        first_seen = CASE WHEN last_seen <= ? THEN excluded.first_seen ELSE first_seen END, last_seen = excluded.last_seen
      RETURNING first_seen AS firstSeen`;
    return this.db.transaction(
      () => new Map(ids.map((id) => {
        const row = this.db.get<{ firstSeen: number }>(upsert, sourceId, id, now, now, now - RETENTION);
        return [id, row?.firstSeen ?? now];
      })),
      { visible: false },
    );
  }

  async markObserved(sourceId: string, now: number): Promise<void> {
    this.db.transaction(() => {
      for (const id of ['', sourceId]) this.db.run('INSERT OR IGNORE INTO observed_hours (source_id, hour) VALUES (?, ?)', id, hourOf(now));
    });
  }

  async removeExpired(now: number): Promise<number> {
    const hour = lastExpiredHour(now);
    this.db.transaction(() => {
      this.db.run('DELETE FROM rollups WHERE hour <= ?', hour);
      this.db.run('DELETE FROM observed_hours WHERE hour <= ?', hour);
      this.db.run('DELETE FROM sightings WHERE last_seen <= ?', now - RETENTION);
      this.db.run('DELETE FROM listings WHERE kept_at <= ?', now - RETENTION);
    });
    let removed = 0;
    for (;;) {
      const chunk = this.db.transaction(() => this.removeChunk(now));
      removed += chunk;
      if (chunk < EXPIRY_CHUNK) return removed;
      await setImmediate();
    }
  }

  /** Removes some expired articles, and notes the highest number when it goes: a back-fill under way counts on numbers that only grow. */
  private removeChunk(now: number): number {
    const last = this.db.get<{ last: number | null }>('SELECT max(number) AS last FROM articles')?.last ?? 0;
    const removed = this.db.run('DELETE FROM articles WHERE number IN (SELECT number FROM articles WHERE expires_at <= ? LIMIT ?)', now, EXPIRY_CHUNK);
    if (removed > 0 && !this.db.get('SELECT 1 FROM articles WHERE number = ?', last)) {
      this.db.run(
        `INSERT INTO meta VALUES (?, ?) ON CONFLICT (key) DO UPDATE SET value = excluded.value WHERE CAST(value AS INTEGER) < CAST(excluded.value AS INTEGER)`,
        LAST_NUMBER, String(last),
      );
    }
    return removed;
  }

  private known(id: string): KnownRow | undefined {
    return this.db.get(`SELECT id, url, title, summary, hour, published_at, expires_at, ${sentimentColumns} FROM articles WHERE id = ?`, id);
  }

  private topicVersions(): ReadonlySet<string> {
    const rows = this.db.all<{ topic_id: string; version: number }>('SELECT topic_id, version FROM topic_versions');
    return new Set(rows.map((row) => `${row.version} ${row.topic_id}`));
  }

  private insert(article: Article, now: number, versions: ReadonlySet<string>): void {
    const { id, url, title, summary, publisher, language, publishedAt, dated, fetchedAt, status } = article;
    const hour = hourOf(publishedAt);
    const row = this.db.get<{ number: number }>(
      `INSERT INTO articles (number, id, url, title, summary, publisher, language, published_at, dated, fetched_at, stored_at, hour, expires_at, state, reason)
       VALUES (1 + max(coalesce((SELECT max(number) FROM articles), 0), coalesce((SELECT CAST(value AS INTEGER) FROM meta WHERE key = ?), 0)),
               ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?) RETURNING number`,
      LAST_NUMBER, id, url, title, summary, publisher ?? null, language ?? null, publishedAt, Number(dated), fetchedAt, now, hour, expiryOf(hour),
      status.state, status.state === 'skipped' ? status.reason : null,
    );
    if (row) indexWords(this.db, row.number, article);
    this.takeKeys(id, article.keys);
    article.sourceIds.forEach((sourceId, position) => this.link(id, sourceId, publishedAt, position));
    for (const { topicId, version } of article.topics) {
      if (!versions.has(`${version} ${topicId}`)) continue;
      this.db.run('INSERT OR IGNORE INTO article_topics (article_id, topic_id, version, published_at) VALUES (?, ?, ?, ?)', id, topicId, version, publishedAt);
    }
  }

  private link(articleId: string, sourceId: string, publishedAt: number, position: number): boolean {
    const insert = 'INSERT OR IGNORE INTO article_sources (article_id, source_id, published_at, position) VALUES (?, ?, ?, ?)';
    return this.db.run(insert, articleId, sourceId, publishedAt, position) > 0;
  }

  private listedAgain(article: Article, known: KnownRow, rollups: RollupIncrements): { linked: boolean; changed: boolean } {
    const { sourceIds, topics } = membershipsOf(this.db, article.id);
    const sentiment = sentimentOf(known);
    const added = article.sourceIds.filter((sourceId, index) => this.link(article.id, sourceId, known.published_at, sourceIds.length + index));
    for (const sourceId of added) {
      if (sentiment) rollups.add(scopesOfSource(sourceId, topics), known.hour, contributionOf(sentiment));
    }
    const { listed, url, keys } = relisted(article, { ...known, keys: this.keysOf(article.id) });
    this.takeKeys(article.id, keys);
    if (url !== undefined) this.db.run('UPDATE articles SET url = ?, changes = changes + 1 WHERE id = ?', url, article.id);
    return { linked: added.length > 0, changed: this.noteChange(article, listed, url !== undefined) || url !== undefined };
  }

  private keysOf(articleId: string): string[] {
    return this.db.all<{ key: string }>('SELECT key FROM article_keys WHERE article_id = ?', articleId).map(({ key }) => key);
  }

  /** A key that another article has, as its id or besides it, stays that one's. */
  private takeKeys(articleId: string, keys: readonly string[]): void {
    const take = 'INSERT OR IGNORE INTO article_keys (key, article_id) SELECT ?, ? WHERE NOT EXISTS (SELECT 1 FROM articles WHERE id = ?)';
    for (const key of keys) this.db.run(take, key, articleId, key);
  }

  /** Whether one of the article's sources lists a version that it did not list the last time and that is not the stored one. */
  private noteChange(article: Article, listed: string | undefined, isCounted: boolean): boolean {
    const update = 'UPDATE article_sources SET listed = ? WHERE article_id = ? AND source_id = ? AND listed IS NOT ?';
    const news = article.sourceIds.filter((sourceId) => this.db.run(update, listed ?? null, article.id, sourceId, listed ?? null) > 0);
    if (listed === undefined || news.length === 0 || isCounted) return false;
    return this.db.run('UPDATE articles SET changes = changes + 1 WHERE id = ?', article.id) > 0;
  }
}
