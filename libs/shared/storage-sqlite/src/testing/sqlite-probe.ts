import type { Sentiment } from '@barometer/events';
import { byScopeAndHour, type NewProbeArticle, type ProbedArticle, type StoreProbe } from '@barometer/events/testing';
import { contributionOf, expiryOf, hourOf, RollupIncrements, scopesOf, type PhraseRule, type RollupIncrement, type TopicVersion } from '@barometer/kernel';
import {
  addToRollups,
  indexWords,
  judgementOf,
  rollupColumns,
  sentimentColumns,
  sentimentOf,
  sentimentValues,
  setSentiment,
  totalsOfStories,
  type SentimentColumns,
  type SqliteDatabase,
} from '../index';

type ArticleRow = SentimentColumns &
  Omit<ProbedArticle, 'sourceIds' | 'topics' | 'sentiment' | 'reason' | 'joinedStory'> & {
    readonly reason: string | null;
    readonly joinedStory: string | null;
  };

/** Direct access of the contract suites to the SQLite store. */
export class SqliteProbe implements StoreProbe {
  constructor(private readonly db: SqliteDatabase) {}

  async addArticle(article: NewProbeArticle): Promise<void> {
    const { id, title = id, summary = '', publishedAt, storedAt = publishedAt, sourceIds, topics = [], skipped } = article;
    this.db.transaction(() => {
      const row = this.db.get<{ number: number }>(
        `INSERT INTO articles (id, url, title, summary, published_at, dated, fetched_at, stored_at, hour, expires_at, state, reason)
         VALUES (?, '', ?, ?, ?, 1, ?, ?, ?, ?, ?, ?) RETURNING number`,
        id,
        title,
        summary,
        publishedAt,
        storedAt,
        storedAt,
        hourOf(publishedAt),
        expiryOf(hourOf(publishedAt)),
        skipped === undefined ? 'pending' : 'skipped',
        skipped ?? null,
      );
      if (row) indexWords(this.db, row.number, { title, summary });
      sourceIds.forEach((sourceId, position) =>
        this.db.run('INSERT INTO article_sources (article_id, source_id, published_at, position) VALUES (?, ?, ?, ?)', id, sourceId, publishedAt, position),
      );
      for (const { topicId, version } of topics) {
        this.db.run('INSERT INTO article_topics (article_id, topic_id, version, published_at) VALUES (?, ?, ?, ?)', id, topicId, version, publishedAt);
      }
    });
  }

  async score(articleId: string, sentiment: Sentiment): Promise<void> {
    this.db.transaction(() => {
      const row = this.db.get<{ hour: number }>(
        `UPDATE articles SET state = 'scored', ${setSentiment} WHERE id = ? AND state = 'pending' RETURNING hour`,
        ...sentimentValues(sentiment),
        articleId,
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
        topicId,
        topicId,
        version,
        readyVersion ?? null,
        version,
        version,
      );
      this.db.run('INSERT INTO topic_versions (topic_id, version, rule) VALUES (?, ?, ?)', topicId, version, JSON.stringify(rule));
    });
  }

  async articles(): Promise<readonly ProbedArticle[]> {
    const rows = this.db.all<ArticleRow>(
      `SELECT id, title, state, reason, hour, changes, receives, joined_story AS joinedStory, ${sentimentColumns} FROM articles ORDER BY id`,
    );
    return rows.map((row) => {
      const { id, title, state, reason, hour, changes, receives, joinedStory } = row;
      const sentiment = sentimentOf(row);
      const judged = judgementOf(this.db, id);
      return {
        id,
        title,
        state,
        hour,
        changes,
        receives,
        ...membershipsOf(this.db, id),
        ...(reason !== null && { reason }),
        ...(joinedStory !== null && { joinedStory }),
        ...(sentiment && { sentiment }),
        ...judged,
      };
    });
  }

  /** Includes wrong story totals, so that every suite notices them. */
  async rollups(): Promise<readonly RollupIncrement[]> {
    const columns = 'story, scope, first_day, more_days, articles, tone_sum, first_at, last_at';
    const [stored, expected] = [`SELECT ${columns} FROM story_totals`, `SELECT * FROM (${totalsOfStories})`];
    const [first, last] = ['', '\u{10ffff}'];
    const wrong = [
      ...this.db.all<{ scope: string }>(`${expected} EXCEPT ${stored}`, first, last),
      ...this.db.all<{ scope: string }>(`${stored} EXCEPT ${expected}`, first, last),
    ];
    const none = { hour: 0, negative: 0, neutral: 0, positive: 1, toneSum: 0, toneSquares: 0 };
    return [
      ...this.db.all<RollupIncrement>(`SELECT scope, hour, ${rollupColumns} FROM rollups`).map((row) => ({ ...row })),
      ...wrong.map((row) => ({ ...none, scope: `story total ${JSON.stringify(row)}` })),
    ].sort(byScopeAndHour);
  }
}

/** What an article counts into: sources in the order they listed it. */
function membershipsOf(db: SqliteDatabase, articleId: string): { sourceIds: string[]; topics: TopicVersion[] } {
  const sources = db.all<{ source_id: string }>('SELECT source_id FROM article_sources WHERE article_id = ? ORDER BY position', articleId);
  const topics = db.all<{ topicId: string; version: number }>(
    'SELECT topic_id AS topicId, version FROM article_topics WHERE article_id = ? ORDER BY topic_id, version',
    articleId,
  );
  return { sourceIds: sources.map((row) => row.source_id), topics: topics.map(({ topicId, version }) => ({ topicId, version })) };
}
