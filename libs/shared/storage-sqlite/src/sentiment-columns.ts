import type { Label, Sentiment } from '@barometer/events';
import { fromMicro, toMicro } from '@barometer/kernel';

/** The columns of `articles` that hold a sentiment; all null if there is none. */
export interface SentimentColumns {
  readonly label: string | null;
  readonly negative: number | null;
  readonly neutral: number | null;
  readonly positive: number | null;
  readonly confidence: number | null;
  /** Whole millionths. */
  readonly tone: number | null;
  readonly uncertain: number | null;
  readonly model_id: string | null;
  readonly model_revision: string | null;
}

/** Their names, in the order of `sentimentValues`; for SELECT lists. */
export const sentimentColumns = 'label, negative, neutral, positive, confidence, tone, uncertain, model_id, model_revision';

/** `label = ?, …`: what an UPDATE sets, bound to `sentimentValues`. */
export const setSentiment = sentimentColumns
  .split(', ')
  .map((column) => `${column} = ?`)
  .join(', ');

/** The column values of a sentiment. */
export function sentimentValues(sentiment: Sentiment): [string, number, number, number, number, number, number, string, string] {
  const { label, confidence, scores, tone, uncertain, model } = sentiment;
  return [label, scores.negative, scores.neutral, scores.positive, confidence, toMicro(tone) + 0, Number(uncertain), model.id, model.revision];
}

/** The sentiment in an article's row, `undefined` if it has none. */
export function sentimentOf(row: SentimentColumns): Sentiment | undefined {
  if (row.label === null) return undefined;
  return {
    label: row.label as Label,
    confidence: row.confidence ?? 0,
    scores: { negative: row.negative ?? 0, neutral: row.neutral ?? 0, positive: row.positive ?? 0 },
    tone: fromMicro(row.tone ?? 0),
    uncertain: row.uncertain === 1,
    model: { id: row.model_id ?? '', revision: row.model_revision ?? '' },
  };
}
