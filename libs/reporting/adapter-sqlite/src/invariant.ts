import { MICRO, type Contribution } from '@barometer/kernel';
import type { Discrepancy } from '@barometer/reporting';
import type { SqliteDatabase } from '@barometer/storage-sqlite';
import { oldestHour } from './rollup-reader';

const sums = ['negative', 'neutral', 'positive', 'tone_sum', 'tone_squares'] as const;

const pairs = (stored: (column: string) => string, expected: (column: string) => string): string =>
  [...sums.map(stored), ...sums.map(expected)].join(', ');

// Both sides are stacked and summed at once, which is one sort; a join of the two would compare every row with every other.
// The squared tone is rounded half up, as the kernel's contributionOf does, in whole numbers; scopes are those of its scopesOf.
const checkQuery = `
  WITH scored AS MATERIALIZED (
    SELECT id, joined_story, hour, label = 'negative' AS negative, label = 'neutral' AS neutral, label = 'positive' AS positive,
      tone AS tone_sum, (tone * tone + ${MICRO / 2}) / ${MICRO} AS tone_squares
    FROM articles WHERE state = 'scored' AND expires_at > ?1
  ), counted AS (
    SELECT 'all' AS scope, scored.* FROM scored
    UNION ALL SELECT 's:' || s.source_id, scored.* FROM scored JOIN article_sources s ON s.article_id = scored.id
    UNION ALL SELECT 'y:' || joined_story, scored.* FROM scored WHERE joined_story IS NOT NULL
    UNION ALL SELECT 't:' || t.topic_id || '@' || t.version, scored.* FROM scored JOIN article_topics t ON t.article_id = scored.id
    UNION ALL SELECT 't:' || t.topic_id || '@' || t.version || '|s:' || s.source_id, scored.*
      FROM scored JOIN article_topics t ON t.article_id = scored.id JOIN article_sources s ON s.article_id = scored.id
  ), compared AS (
    SELECT scope, hour, ${pairs((column) => `0 AS stored_${column}`, (column) => `${column} AS expected_${column}`)} FROM counted
    UNION ALL SELECT scope, hour, ${pairs((column) => column, () => '0')} FROM rollups WHERE hour >= ?2
  )
  SELECT scope, hour, ${pairs((column) => `sum(stored_${column}) AS stored_${column}`, (column) => `sum(expected_${column}) AS expected_${column}`)}
  FROM compared GROUP BY scope, hour
  HAVING ${sums.map((column) => `sum(stored_${column}) <> sum(expected_${column})`).join(' OR ')} ORDER BY scope, hour`;

type Side = 'stored' | 'expected';
type Row = { readonly scope: string; readonly hour: number } & Readonly<Record<`${Side}_${(typeof sums)[number]}`, number>>;

/** Where the roll-ups inside retention differ from the sums over the articles inside retention. */
export function findDiscrepancies(db: SqliteDatabase, now: number): Discrepancy[] {
  const rows = db.all<Row>(checkQuery, now, oldestHour(now));
  return rows.map((row) => ({ scope: row.scope, hour: row.hour, stored: countsOf(row, 'stored'), expected: countsOf(row, 'expected') }));
}

function countsOf(row: Row, side: Side): Contribution {
  return {
    negative: row[`${side}_negative`], neutral: row[`${side}_neutral`], positive: row[`${side}_positive`],
    toneSum: row[`${side}_tone_sum`], toneSquares: row[`${side}_tone_squares`],
  };
}

/** Sets a roll-up to what the articles say. */
export function mendRollup(db: SqliteDatabase, { scope, hour, expected }: Discrepancy): void {
  const { negative, neutral, positive, toneSum, toneSquares } = expected;
  // Not REPLACE, which fires no trigger for the row that goes, so that the day would keep both.
  db.run(`INSERT INTO rollups (scope, hour, negative, neutral, positive, tone_sum, tone_squares) VALUES (?, ?, ?, ?, ?, ?, ?)
    ON CONFLICT (scope, hour) DO UPDATE SET negative = excluded.negative, neutral = excluded.neutral, positive = excluded.positive,
      tone_sum = excluded.tone_sum, tone_squares = excluded.tone_squares`,
    scope, hour, negative, neutral, positive, toneSum, toneSquares);
}
