import { scopeKey, type RollupIncrements, type TopicVersion } from '@barometer/kernel';
import type { SqliteDatabase } from './sqlite-database';

/** The columns of `rollups` that count, in the words of the kernel's `Contribution`; for SELECT lists. */
export const rollupColumns = 'negative, neutral, positive, tone_sum AS toneSum, tone_squares AS toneSquares';

/** Adds to the counters, creating them as needed. Call it in the transaction that changes the articles. */
export function addToRollups(db: SqliteDatabase, increments: RollupIncrements): void {
  for (const one of increments.list()) {
    db.run(
      `INSERT INTO rollups (scope, hour, negative, neutral, positive, tone_sum, tone_squares) VALUES (?, ?, ?, ?, ?, ?, ?)
       ON CONFLICT (scope, hour) DO UPDATE SET negative = negative + excluded.negative, neutral = neutral + excluded.neutral,
         positive = positive + excluded.positive, tone_sum = tone_sum + excluded.tone_sum, tone_squares = tone_squares + excluded.tone_squares`,
      one.scope, one.hour, one.negative, one.neutral, one.positive, one.toneSum, one.toneSquares,
    );
  }
}

/** The scopes that an article counts into, as `scopesOf` asks for them: sources in the order they listed it. */
export function membershipsOf(db: SqliteDatabase, articleId: string): { sourceIds: string[]; topics: TopicVersion[] } {
  const sources = db.all<{ source_id: string }>('SELECT source_id FROM article_sources WHERE article_id = ? ORDER BY position', articleId);
  const topics = db.all<{ topicId: string; version: number }>(
    'SELECT topic_id AS topicId, version FROM article_topics WHERE article_id = ? ORDER BY topic_id, version', articleId,
  );
  return { sourceIds: sources.map((row) => row.source_id), topics: topics.map(({ topicId, version }) => ({ topicId, version })) };
}

/** Removes a version of a topic with its memberships and roll-ups. Call it in a transaction. */
export function dropTopicVersion(db: SqliteDatabase, topic: TopicVersion): void {
  const key = scopeKey({ topic });
  db.run('DELETE FROM article_topics WHERE topic_id = ? AND version = ?', topic.topicId, topic.version);
  // '}' follows '|', which parts a topic from its source in a scope's key.
  db.run(`DELETE FROM rollups WHERE scope = ? OR (scope > ? AND scope < ?)`, key, `${key}|`, `${key}}`);
  db.run('DELETE FROM topic_versions WHERE topic_id = ? AND version = ?', topic.topicId, topic.version);
}
