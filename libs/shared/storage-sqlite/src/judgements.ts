import type { Label, ReaderJudgement, Sentiment } from '@barometer/events';
import type { SqliteDatabase } from './sqlite-database';

/** A stored judgement: the article's own columns hold the sentiment that counts, this holds the model's score. */
export interface StoredJudgement {
  readonly judgement: ReaderJudgement;
  readonly modelSentiment: Sentiment;
}

interface JudgementRow {
  readonly id: string;
  readonly label: Label;
  readonly at: number;
  readonly sentiment: string;
}

const columns = 'n.article_id AS id, n.label, n.judged_at AS at, n.model_sentiment AS sentiment';

/** The judgements of these articles, by article; those without one are left out. */
export function judgementsOf(db: SqliteDatabase, articleIds: readonly string[]): ReadonlyMap<string, StoredJudgement> {
  const rows = db.all<JudgementRow>(`SELECT ${columns} FROM json_each(?) j CROSS JOIN judgements n ON n.article_id = j.value`, JSON.stringify(articleIds));
  return new Map(rows.map(({ id, label, at, sentiment }) => [id, { judgement: { label, at }, modelSentiment: JSON.parse(sentiment) as Sentiment }]));
}

/** The judgement of an article, `undefined` if there is none. */
export const judgementOf = (db: SqliteDatabase, articleId: string): StoredJudgement | undefined => judgementsOf(db, [articleId]).get(articleId);

/** Stores a judgement, replacing an earlier one. Call it in the transaction that changes the sentiment that counts. */
export function setJudgement(db: SqliteDatabase, articleId: string, { judgement, modelSentiment }: StoredJudgement): void {
  db.run(
    `INSERT INTO judgements (article_id, published_at, label, judged_at, model_sentiment) SELECT id, published_at, ?, ?, ? FROM articles WHERE id = ?
     ON CONFLICT (article_id) DO UPDATE SET label = excluded.label, judged_at = excluded.judged_at, model_sentiment = excluded.model_sentiment`,
    judgement.label,
    judgement.at,
    JSON.stringify(modelSentiment),
    articleId,
  );
}

/** Removes a judgement. Call it in the transaction that changes the sentiment that counts. */
export function removeJudgement(db: SqliteDatabase, articleId: string): void {
  db.run('DELETE FROM judgements WHERE article_id = ?', articleId);
}
