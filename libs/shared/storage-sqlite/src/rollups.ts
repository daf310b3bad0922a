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
      one.scope,
      one.hour,
      one.negative,
      one.neutral,
      one.positive,
      one.toneSum,
      one.toneSquares,
    );
  }
}

/** Removes a version of a topic with its memberships, its roll-ups and what stories come to in it. Call it in a transaction. */
export function dropTopicVersion(db: SqliteDatabase, topic: TopicVersion): void {
  const key = scopeKey({ topic });
  db.run('DELETE FROM article_topics WHERE topic_id = ? AND version = ?', topic.topicId, topic.version);
  // '}' follows '|', which separates a topic from its source in a scope's key.
  db.run(`DELETE FROM rollups WHERE scope = ? OR (scope > ? AND scope < ?)`, key, `${key}|`, `${key}}`);
  db.run(`DELETE FROM story_totals WHERE scope = ? OR (scope > ? AND scope < ?)`, key, `${key}|`, `${key}}`);
  db.run('DELETE FROM topic_versions WHERE topic_id = ? AND version = ?', topic.topicId, topic.version);
}
