import type { ArticleState, ArticleView } from '@barometer/reporting';
import { judgementsOf, sentimentColumns, sentimentOf, type SentimentColumns, type SqliteDatabase, type StoredJudgement } from '@barometer/storage-sqlite';

/** The columns of `articles a` that readers see. */
export interface ViewRow extends SentimentColumns {
  readonly id: string;
  readonly url: string;
  readonly title: string;
  readonly summary: string;
  readonly publisher: string | null;
  readonly language: string | null;
  readonly publishedAt: number;
  readonly dated: number;
  readonly fetchedAt: number;
  readonly storedAt: number;
  readonly state: ArticleState;
  readonly reason: string | null;
  readonly joinedStory: string | null;
  readonly changes: number;
  readonly receives: number;
  readonly deliveredAt: number | null;
  readonly scoredAt: number | null;
}

export const viewColumns = `a.id, a.url, a.title, a.summary, a.publisher, a.language, a.published_at AS publishedAt, a.dated,
  a.fetched_at AS fetchedAt, a.stored_at AS storedAt, a.state, a.reason, a.changes, a.receives, a.joined_story AS joinedStory,
  a.delivered_at AS deliveredAt, a.scored_at AS scoredAt, ${sentimentColumns
    .split(', ')
    .map((column) => `a.${column}`)
    .join(', ')}`;

/** The articles of these rows with their sources, ready topics and judgements, each read for all rows at once. */
export function viewsOf(db: SqliteDatabase, rows: readonly ViewRow[]): ArticleView[] {
  const ids = JSON.stringify(rows.map(({ id }) => id));
  const sources = db.all<{ id: string; member: string }>(
    'SELECT article_id AS id, source_id AS member FROM json_each(?) j JOIN article_sources s ON s.article_id = j.value ORDER BY s.position',
    ids,
  );
  const topics = db.all<{ id: string; member: string }>(
    `SELECT m.article_id AS id, m.topic_id AS member FROM json_each(?) j CROSS JOIN article_topics m ON m.article_id = j.value
     JOIN topics t ON t.id = m.topic_id AND t.ready_version = m.version ORDER BY m.topic_id`,
    ids,
  );
  const [sourceIds, topicIds] = [membersById(sources), membersById(topics)];
  const judged = judgementsOf(
    db,
    rows.map(({ id }) => id),
  );
  return rows.map((row) => viewOf(row, sourceIds.get(row.id) ?? [], topicIds.get(row.id) ?? [], judged.get(row.id)));
}

function membersById(rows: readonly { id: string; member: string }[]): Map<string, string[]> {
  const byId = new Map<string, string[]>();
  for (const { id, member } of rows) {
    const members = byId.get(id);
    if (members) members.push(member);
    else byId.set(id, [member]);
  }
  return byId;
}

function viewOf(row: ViewRow, sourceIds: string[], topicIds: string[], judged: StoredJudgement | undefined): ArticleView {
  const { id, url, title, summary, state } = row;
  const sentiment = sentimentOf(row);
  return {
    id,
    url,
    title,
    summary,
    state,
    sourceIds,
    topicIds,
    ...(row.publisher !== null && { publisher: row.publisher }),
    ...(row.language !== null && { language: row.language }),
    ...(row.reason !== null && { reason: row.reason }),
    ...(sentiment && { sentiment, storyId: row.joinedStory ?? id }),
    ...judged,
    journey: journeyOf(row),
  };
}

function journeyOf({ publishedAt, dated, fetchedAt, storedAt, deliveredAt, scoredAt, receives, changes }: ViewRow): ArticleView['journey'] {
  return {
    publishedAt,
    dated: dated === 1,
    fetchedAt,
    storedAt,
    receives,
    changes,
    ...(deliveredAt !== null && { deliveredAt }),
    ...(scoredAt !== null && { scoredAt }),
  };
}
