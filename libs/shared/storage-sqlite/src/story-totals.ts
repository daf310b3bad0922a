import { DAY } from '@barometer/kernel';
import type { SqliteDatabase } from './sqlite-database';

/**
 * The totals of the stories in a range of ids, for each scope that holds at least two of their articles, in the form of
 * `story_totals`; parameters 1 and 2 are the range. A story's id is that of its first article, which has no
 * `joined_story` itself. Its articles are taken by id, the order of the tables of sources and topics, so that those of many
 * stories read each page of these tables once.
 */
export const totalsOfStories = `
  WITH followers AS MATERIALIZED (
    SELECT joined_story AS story, id, published_at, tone FROM articles INDEXED BY articles_by_story WHERE joined_story >= ?1 AND joined_story <= ?2 AND state = 'scored'
  ), members AS MATERIALIZED (
    SELECT story, id, published_at, tone FROM followers
    UNION ALL SELECT f.id, f.id, f.published_at, f.tone FROM (SELECT DISTINCT story FROM followers) s CROSS JOIN articles f ON f.id = s.story WHERE f.state = 'scored' AND f.joined_story IS NULL ORDER BY id
  ), filed AS MATERIALIZED (
    SELECT m.story, m.id, m.published_at, m.tone, 't:' || t.topic_id || '@' || t.version AS scope FROM members m CROSS JOIN article_topics t ON t.article_id = m.id
  ), told AS (
    SELECT story, 'all' AS scope, published_at, tone FROM members
    UNION ALL SELECT m.story, 's:' || s.source_id, m.published_at, m.tone FROM members m CROSS JOIN article_sources s ON s.article_id = m.id
    UNION ALL SELECT story, scope, published_at, tone FROM filed
    UNION ALL SELECT f.story, f.scope || '|s:' || s.source_id, f.published_at, f.tone FROM filed f CROSS JOIN article_sources s ON s.article_id = f.id
  )
  SELECT story, scope, min(published_at) / ${DAY} AS first_day, max(published_at) / ${DAY} - min(published_at) / ${DAY} AS more_days, count(*) AS articles, sum(tone) AS tone_sum,
    min(published_at) AS first_at, max(published_at) AS last_at FROM told GROUP BY story, scope HAVING count(*) > 1`;

/** Writes the totals of these stories from their present articles. Call it in the transaction that changes any of them. */
export function refreshStoryTotals(db: SqliteDatabase, stories: Iterable<string>): void {
  for (const story of new Set(stories)) {
    db.run('DELETE FROM story_totals WHERE story = ?', story);
    db.run(`INSERT INTO story_totals ${totalsOfStories}`, story, story);
  }
}
