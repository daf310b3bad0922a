import type { Sentiment } from '@barometer/events';
import { contributionOf, RollupIncrements, scopesOf } from '@barometer/kernel';
import { addToRollups, membershipsOf, sentimentColumns, sentimentOf, sentimentValues, setSentiment, type SentimentColumns, type SqliteDatabase } from '@barometer/storage-sqlite';

/** What an article counts with, and into what; without a sentiment where it has no score. */
export interface CountedArticle {
  readonly id: string;
  readonly hour: number;
  readonly joinedStory: string | undefined;
  readonly sentiment: Sentiment | undefined;
}

/** The article, unless it has expired at `now`. */
export function countedArticle(db: SqliteDatabase, id: string, now: number): CountedArticle | undefined {
  const row = db.get<SentimentColumns & { hour: number; joinedStory: string | null }>(
    `SELECT hour, joined_story AS joinedStory, ${sentimentColumns} FROM articles WHERE id = ? AND expires_at > ?`, id, now,
  );
  return row && { id, hour: row.hour, joinedStory: row.joinedStory ?? undefined, sentiment: sentimentOf(row) };
}

/** Lets an article count with another sentiment, in the roll-ups too. Call it in a transaction. */
export function recount(db: SqliteDatabase, { id, hour, joinedStory, sentiment }: CountedArticle, next: Sentiment): void {
  db.run(`UPDATE articles SET ${setSentiment} WHERE id = ?`, ...sentimentValues(next), id);
  const { sourceIds, topics } = membershipsOf(db, id);
  const rollups = new RollupIncrements();
  const scopes = scopesOf(sourceIds, topics, joinedStory);
  if (sentiment) rollups.add(scopes, hour, contributionOf(sentiment), -1);
  rollups.add(scopes, hour, contributionOf(next));
  addToRollups(db, rollups);
}
