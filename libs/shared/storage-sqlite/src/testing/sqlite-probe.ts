import type { Sentiment } from '@barometer/events';
import { byScopeAndHour, type NewProbeArticle, type ProbedArticle, type StoreProbe } from '@barometer/events/testing';
import { contributionOf, expiryOf, hourOf, RollupIncrements, scopesOf, type PhraseRule, type RollupIncrement, type TopicVersion } from '@barometer/kernel';
import {
  addToRollups, indexWords, judgementOf, membershipsOf, rollupColumns, sentimentColumns, sentimentOf, sentimentValues, setSentiment, type SentimentColumns, type SqliteDatabase,
} from '../index';

type ArticleRow = SentimentColumns & Omit<ProbedArticle, 'sourceIds' | 'topics' | 'sentiment' | 'reason' | 'joinedStory'> & { readonly reason: string | null; readonly joinedStory: string | null };

/** The back door of the contract suites into the SQLite store. */
export class SqliteProbe implements StoreProbe {
  constructor(private readonly db: SqliteDatabase) {}

  async addArticle(article: NewProbeArticle): Promise<void> {
    const { id, title = id, summary = '', publishedAt, storedAt = publishedAt, sourceIds, topics = [] } = article;
    this.db.transaction(() => {
      const row = this.db.get<{ number: number }>(
        `INSERT INTO articles (id, url, title, summary, published_at, dated, fetched_at, stored_at, hour, expires_at, state)
         VALUES (?, '', ?, ?, ?, 1, ?, ?, ?, ?, 'pending') RETURNING number`,
        id, title, summary, publishedAt, storedAt, storedAt, hourOf(publishedAt), expiryOf(hourOf(publishedAt)),
      );
      if (row) indexWords(this.db, row.number, { title, summary });
      sourceIds.forEach((sourceId, position) =>
        this.db.run('INSERT INTO article_sources (article_id, source_id, published_at, position) VALUES (?, ?, ?, ?)', id, sourceId, publishedAt, position));
      for (const { topicId, version } of topics) {
        this.db.run('INSERT INTO article_topics (article_id, topic_id, version, published_at) VALUES (?, ?, ?, ?)', id, topicId, version, publishedAt);
      }
    });
  }

  async score(articleId: string, sentiment: Sentiment): Promise<void> {
    this.db.transaction(() => {
      const row = this.db.get<{ hour: number }>(
        `UPDATE articles SET state = 'scored', ${setSentiment} WHERE id = ? AND state = 'pending' RETURNING hour`, ...sentimentValues(sentiment), articleId,
      );
      if (!row) return;
      const { sourceIds, topics } = membershipsOf(this.db, articleId);
      const rollups = new RollupIncrements();
      rollups.add(scopesOf(sourceIds, topics), row.hour, contributionOf(sentiment));
      addToRollups(this.db, rollups);
    });
  }

  async addTopic({ topicId, version, rule, readyVersion }: TopicVersion & { rule: PhraseRule; readyVersion?: number }): Promise<void> {
    this.db.transaction(() => {
      this.db.run(
        `INSERT INTO topics (id, name, version, ready_version, created_at, changed_at) VALUES (?, ?, ?, ?, ?, ?)
         ON CONFLICT (id) DO UPDATE SET version = excluded.version, ready_version = excluded.ready_version, changed_at = excluded.changed_at`,
        topicId, topicId, version, readyVersion ?? null, version, version,
      );
      this.db.run('INSERT INTO topic_versions (topic_id, version, rule) VALUES (?, ?, ?)', topicId, version, JSON.stringify(rule));
    });
  }

  async articles(): Promise<readonly ProbedArticle[]> {
    const rows = this.db.all<ArticleRow>(`SELECT id, title, state, reason, hour, changes, receives, joined_story AS joinedStory, ${sentimentColumns} FROM articles ORDER BY id`);
    return rows.map((row) => {
      const { id, title, state, reason, hour, changes, receives, joinedStory } = row;
      const sentiment = sentimentOf(row);
      const judged = judgementOf(this.db, id);
      return { id, title, state, hour, changes, receives, ...membershipsOf(this.db, id), ...(reason !== null && { reason }), ...(joinedStory !== null && { joinedStory }), ...(sentiment && { sentiment }), ...judged };
    });
  }

  async rollups(): Promise<readonly RollupIncrement[]> {
    return this.db.all<RollupIncrement>(`SELECT scope, hour, ${rollupColumns} FROM rollups`).map((row) => ({ ...row })).sort(byScopeAndHour);
  }
}
