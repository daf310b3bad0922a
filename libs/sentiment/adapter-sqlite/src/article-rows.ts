import type { LifeArticle, Memberships } from '@barometer/sentiment';
import {
  judgementsOf,
  removeJudgement,
  sentimentColumns,
  sentimentOf,
  sentimentValues,
  setJudgement,
  setSentiment,
  type SentimentColumns,
  type SqliteDatabase,
  type StoredJudgement,
} from '@barometer/storage-sqlite';

/** Fields of an article that scoring changes and that have columns of their own. */
const columns = {
  state: 'state',
  reason: 'reason',
  receives: 'receives',
  leaseToken: 'lease_token',
  availableAt: 'available_at',
  deliveredAt: 'delivered_at',
  sentAt: 'sent_at',
  scoredAt: 'scored_at',
  joinedStory: 'joined_story',
} as const satisfies Partial<Record<keyof LifeArticle, string>>;

type Field = keyof typeof columns;
const fields = Object.keys(columns) as Field[];

const fieldList = fields.map((field) => `${columns[field]} AS ${field}`).join(', ');

type Optional = 'reason' | 'leaseToken' | 'deliveredAt' | 'sentAt' | 'scoredAt' | 'joinedStory';

type Row = SentimentColumns &
  Pick<LifeArticle, 'id' | 'title' | 'summary' | 'publishedAt' | 'storedAt' | 'number' | Exclude<Field, Optional>> & {
    readonly [Name in Optional]: NonNullable<LifeArticle[Name]> | null;
  };

const selectArticles = `SELECT id, title, summary, published_at AS publishedAt, stored_at AS storedAt, number, ${fieldList}, ${sentimentColumns} FROM articles`;

/** The articles that meet this condition, as scoring sees them. */
export function articlesWhere(db: SqliteDatabase, condition: string, ...params: (string | number | null)[]): LifeArticle[] {
  const rows = db.all<Row>(`${selectArticles} WHERE ${condition}`, ...params);
  const scored = rows.filter(({ state }) => state === 'scored');
  const judged =
    scored.length === 0
      ? undefined
      : judgementsOf(
          db,
          scored.map(({ id }) => id),
        );
  return rows.map((row) => articleOf(row, judged?.get(row.id)));
}

/** These articles, in any order. */
export const readArticles = (db: SqliteDatabase, ids: readonly string[]): LifeArticle[] =>
  articlesWhere(db, 'id IN (SELECT value FROM json_each(?))', JSON.stringify(ids));

function articleOf(row: Row, judged: StoredJudgement | undefined): LifeArticle {
  const { id, title, summary, publishedAt, storedAt, number, state, receives, availableAt, reason, leaseToken, deliveredAt, sentAt, scoredAt, joinedStory } =
    row;
  const sentiment = sentimentOf(row);
  return {
    id,
    title,
    summary,
    publishedAt,
    storedAt,
    number,
    state,
    receives,
    availableAt,
    ...(reason !== null && { reason }),
    ...(leaseToken !== null && { leaseToken }),
    ...(deliveredAt !== null && { deliveredAt }),
    ...(sentAt !== null && { sentAt }),
    ...(scoredAt !== null && { scoredAt }),
    ...(joinedStory !== null && { joinedStory }),
    ...(sentiment && { sentiment }),
    ...judged,
  };
}

const membershipsQuery = `SELECT j.value AS id,
    (SELECT json_group_array(source_id) FROM (SELECT source_id FROM article_sources WHERE article_id = j.value ORDER BY position)) AS sourceIds,
    (SELECT json_group_array(json_object('topicId', topic_id, 'version', version)) FROM (SELECT topic_id, version FROM article_topics WHERE article_id = j.value ORDER BY topic_id, version)) AS topics
  FROM json_each(?) j`;

/** The sources and topics of these articles, by id; read together, since two queries for each article take half as long again. */
export function readMemberships(db: SqliteDatabase, ids: readonly string[]): ReadonlyMap<string, Memberships> {
  const rows = db.all<{ id: string; sourceIds: string; topics: string }>(membershipsQuery, JSON.stringify(ids));
  return new Map(rows.map(({ id, sourceIds, topics }) => [id, { sourceIds: JSON.parse(sourceIds), topics: JSON.parse(topics) } as Memberships]));
}

/** Writes a changed article, only the columns that differ. Call it in a transaction. */
export function writeArticle(db: SqliteDatabase, before: LifeArticle, after: LifeArticle): void {
  const changed = fields.filter((field) => before[field] !== after[field]);
  const sets = changed.map((field) => `${columns[field]} = ?`);
  const values = changed.map((field) => after[field] ?? null);
  if (before.sentiment !== after.sentiment) {
    sets.push(setSentiment);
    values.push(...(after.sentiment ? sentimentValues(after.sentiment) : sentimentColumns.split(', ').map(() => null)));
  }
  if (sets.length > 0) db.run(`UPDATE articles SET ${sets.join(', ')} WHERE id = ?`, ...values, after.id);
  if (before.judgement === after.judgement && before.modelSentiment === after.modelSentiment) return;
  if (after.judgement && after.modelSentiment) setJudgement(db, after.id, { judgement: after.judgement, modelSentiment: after.modelSentiment });
  else removeJudgement(db, after.id);
}
