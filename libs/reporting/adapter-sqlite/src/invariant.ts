import { HOUR, MICRO, storyScope, type Contribution } from '@barometer/kernel';
import type { Discrepancy } from '@barometer/reporting';
import { outlivedHour, refreshStoryTotals, totalsOfStories, type SqliteDatabase } from '@barometer/storage-sqlite';
import { HOURS_OF_DAY, oldestHour } from './rollup-reader';

/** Hours that are compared with their articles before other work gets a turn. */
const HOURS_A_TURN = 3 * HOURS_OF_DAY;
/** Days of scopes that are compared with their hours before other work gets a turn. */
const DAYS_A_TURN = 10_000;
/** Sorts after every scope. */
const LAST = '\u{10ffff}';

const sums = ['negative', 'neutral', 'positive', 'tone_sum', 'tone_squares'] as const;

const pairs = (stored: (column: string) => string, expected: (column: string) => string): string => [...sums.map(stored), ...sums.map(expected)].join(', ');

// Both sides are combined with UNION ALL, stored values with a negative sign, and summed together, which takes one sort
// of few columns; a join would compare every row with every other. With a few days at a time the sort stays in memory,
// and other work gets a turn in between. Sources and topics of the articles come from the indexes by time, where the rows
// of a day are adjacent; by article, each would be on a different page. The squared tone is rounded half up in whole
// numbers, as in the kernel's contributionOf; scopes are those of the kernel's scopesOf.
const checkQuery = `
  WITH RECURSIVE scored AS MATERIALIZED (
    SELECT id, joined_story, hour, label = 'negative' AS negative, label = 'neutral' AS neutral, label = 'positive' AS positive,
      tone AS tone_sum, (tone * tone + ${MICRO / 2}) / ${MICRO} AS tone_squares
    FROM articles INDEXED BY articles_by_model WHERE state = 'scored' AND hour >= ?2 AND hour < ?3 AND expires_at > ?1
  ), heard (id) AS (
    SELECT (SELECT min(source_id) FROM article_sources)
    UNION ALL SELECT (SELECT min(source_id) FROM article_sources WHERE source_id > heard.id) FROM heard WHERE heard.id IS NOT NULL
  ), listed AS MATERIALIZED (
    SELECT s.article_id, s.source_id FROM heard CROSS JOIN article_sources s INDEXED BY article_sources_by_time
    WHERE s.source_id = heard.id AND s.published_at >= ?2 * ${HOUR} AND s.published_at < ?3 * ${HOUR}
  ), topical (id) AS (
    SELECT (SELECT min(topic_id) FROM article_topics)
    UNION ALL SELECT (SELECT min(topic_id) FROM article_topics WHERE topic_id > topical.id) FROM topical WHERE topical.id IS NOT NULL
  ), versions (id, version) AS (
    SELECT id, (SELECT min(version) FROM article_topics WHERE topic_id = topical.id) FROM topical WHERE id IS NOT NULL
    UNION ALL SELECT id, (SELECT min(version) FROM article_topics WHERE topic_id = versions.id AND version > versions.version) FROM versions WHERE version IS NOT NULL
  ), filed AS MATERIALIZED (
    SELECT t.article_id, t.topic_id || '@' || t.version AS topic FROM versions v CROSS JOIN article_topics t INDEXED BY article_topics_by_time
    WHERE t.topic_id = v.id AND t.version = v.version AND t.published_at >= ?2 * ${HOUR} AND t.published_at < ?3 * ${HOUR}
  ), counted AS (
    SELECT 'all' AS scope, scored.* FROM scored
    UNION ALL SELECT 's:' || l.source_id, scored.* FROM scored JOIN listed l ON l.article_id = scored.id
    UNION ALL SELECT 'y:' || joined_story, scored.* FROM scored WHERE joined_story IS NOT NULL
    UNION ALL SELECT 't:' || f.topic, scored.* FROM scored JOIN filed f ON f.article_id = scored.id
    UNION ALL SELECT 't:' || f.topic || '|s:' || l.source_id, scored.*
      FROM scored JOIN filed f ON f.article_id = scored.id JOIN listed l ON l.article_id = scored.id
  ), compared AS (
    SELECT hour, scope, ${sums.join(', ')} FROM counted
    UNION ALL SELECT hour, scope, ${sums.map((column) => `-${column}`).join(', ')} FROM rollups INDEXED BY rollups_by_hour WHERE hour >= ?2 AND hour < ?3
  )
  SELECT scope, hour, ${sums.map((column) => `sum(${column}) AS ${column}`).join(', ')}
  FROM compared GROUP BY hour, scope
  HAVING ${sums.map((column) => `sum(${column}) <> 0`).join(' OR ')}`;

const storedQuery = `SELECT ${sums.join(', ')} FROM rollups WHERE scope = ? AND hour = ?`;

const endQuery = `SELECT max(coalesce((SELECT max(hour) FROM rollups), 0), coalesce((SELECT max(hour) FROM articles INDEXED BY articles_by_model WHERE state = 'scored'), 0)) + 1 AS hour`;

const stories = `BETWEEN 'y:' AND 'y;'`;
const scopesAfterQuery = `SELECT scope FROM daily_rollups WHERE scope > ? ORDER BY scope, day LIMIT 1 OFFSET ${DAYS_A_TURN}`;
// Both in the order of their keys, so that no sort is needed.
const daysWithHours = `FROM daily_rollups d LEFT JOIN rollups r ON r.scope = d.scope AND r.hour >= d.day * ${HOURS_OF_DAY} AND r.hour < (d.day + 1) * ${HOURS_OF_DAY}
  WHERE d.scope > ?1 AND d.scope <= ?2 GROUP BY d.scope, d.day`;
const dayDiffers = sums.map((column) => `d.${column} <> coalesce(sum(r.${column}), 0)`).join(' OR ');
// If the days have as many hours as there are, no day is missing: to look up the day of each hour would take longer.
const daysSoundQuery = `SELECT coalesce(sum(differs), 0) AS different,
    coalesce(sum(hours), 0) <> (SELECT count(*) FROM rollups WHERE scope > ?1 AND scope <= ?2 AND scope NOT ${stories}) AS missing
  FROM (SELECT count(r.hour) AS hours, ${dayDiffers} AS differs ${daysWithHours})`;
const daysQuery = `SELECT d.scope, d.day * ${HOURS_OF_DAY} AS hour, ${pairs(
  (column) => `d.${column} AS stored_${column}`,
  (column) => `coalesce(sum(r.${column}), 0) AS expected_${column}`,
)}
  ${daysWithHours} HAVING ${dayDiffers}`;
// Hours that count nothing may outlive their day.
const daysMissingQuery = `SELECT r.scope, r.hour / ${HOURS_OF_DAY} * ${HOURS_OF_DAY} AS hour, ${pairs(
  (column) => `0 AS stored_${column}`,
  (column) => `sum(r.${column}) AS expected_${column}`,
)}
  FROM rollups r WHERE r.scope > ?1 AND r.scope <= ?2 AND r.scope NOT ${stories} AND NOT EXISTS (SELECT 1 FROM daily_rollups d WHERE d.scope = r.scope AND d.day = r.hour / ${HOURS_OF_DAY})
  GROUP BY r.scope, r.hour / ${HOURS_OF_DAY} HAVING ${sums.map((column) => `sum(r.${column}) <> 0`).join(' OR ')}`;

/** Articles that joined a story, whose stories are compared before other work gets a turn; a thread without other work takes more, which is faster. */
const JOINED_A_TURN = 2_000;
export const JOINED_A_LONG_TURN = 20_000;
const storiesAfterQuery = `SELECT joined_story AS story FROM articles INDEXED BY articles_by_story WHERE joined_story >= ? ORDER BY joined_story LIMIT 1 OFFSET ?`;
const totals = ['articles', 'tone_sum', 'first_at', 'last_at', 'first_day', 'more_days'] as const;
const eachTotal = (text: (column: (typeof totals)[number]) => string, between = ', ') => totals.map(text).join(between);
const storiesQuery = `SELECT story, scope, max(first_at, expected_first_at) / ${HOUR} AS hour, articles, tone_sum, expected_articles, expected_tone_sum FROM (
    SELECT story, scope, ${eachTotal((column) => `sum(stored_${column}) AS ${column}, sum(expected_${column}) AS expected_${column}`)} FROM (
      SELECT story, scope, ${eachTotal((column) => `${column} AS stored_${column}, 0 AS expected_${column}`)} FROM story_totals WHERE story >= ?1 AND story <= ?2
      UNION ALL SELECT story, scope, ${eachTotal((column) => `0, ${column}`)} FROM (${totalsOfStories})
    ) GROUP BY story, scope
  ) WHERE ${eachTotal((column) => `${column} <> expected_${column}`, ' OR ')} ORDER BY story, scope`;
interface StoryRow {
  readonly story: string;
  readonly scope: string;
  readonly hour: number;
  readonly articles: number;
  readonly tone_sum: number;
  readonly expected_articles: number;
  readonly expected_tone_sum: number;
}

type Sums = Readonly<Record<(typeof sums)[number], number>>;
/** By how much the roll-up of a scope and hour falls short of its articles. */
type MissingRow = { readonly scope: string; readonly hour: number } & Sums;
type Side = 'stored' | 'expected';
type Row = { readonly scope: string; readonly hour: number } & Readonly<Record<`${Side}_${(typeof sums)[number]}`, number>>;

/**
 * The first hour whose roll-ups can be compared with articles: if only a part of its articles is left, its roll-ups
 * would seem too high.
 */
export const checkedFrom = (db: SqliteDatabase, now: number): number => Math.max(oldestHour(db, now), outlivedHour(db) + 1);

/** What was found, in parts, between which other work may get a turn. */
export type Parts = Generator<Discrepancy[], void>;

/**
 * Where the roll-ups inside retention differ from the sums over the articles inside retention, daily roll-ups from
 * their hours, and the totals of stories from their articles.
 */
export function* findDiscrepancies(db: SqliteDatabase, now: number): Parts {
  yield* discrepanciesOfRollups(db, now);
  yield* discrepanciesOfStories(db);
}

/** The first part of `findDiscrepancies`: hours, and after them days, which a repair compares with the repaired hours. */
export function* discrepanciesOfRollups(db: SqliteDatabase, now: number): Parts {
  const end = db.get<{ hour: number }>(endQuery)?.hour ?? 0;
  const bound = db.expiryBound(now);
  for (let hour = checkedFrom(db, now); hour < end; hour += HOURS_A_TURN)
    yield hourDiscrepancies(db, db.all<MissingRow>(checkQuery, bound, hour, hour + HOURS_A_TURN));
  for (let after = '', upTo = ''; upTo !== LAST; after = upTo) {
    upTo = db.get<{ scope: string }>(scopesAfterQuery, after)?.scope ?? LAST;
    const { different, missing } = db.get<{ different: number; missing: number }>(daysSoundQuery, after, upTo) ?? { different: 0, missing: 0 };
    yield dayDiscrepancies([...(different > 0 ? db.all<Row>(daysQuery, after, upTo) : []), ...(missing > 0 ? db.all<Row>(daysMissingQuery, after, upTo) : [])]);
  }
}

/** The second part, which depends on nothing of the first. */
export function* discrepanciesOfStories(db: SqliteDatabase, joinedATurn = JOINED_A_TURN): Parts {
  for (let first = '', upTo = ''; upTo !== LAST; first = `${upTo}\0`) {
    upTo = db.get<{ story: string }>(storiesAfterQuery, first, joinedATurn)?.story ?? LAST;
    yield db.all<StoryRow>(storiesQuery, first, upTo).map(storyDiscrepancy);
  }
}

/** The parts one by one, each of one consistent state of the store: another process may be writing. */
export function* eachOfOneState(db: SqliteDatabase, parts: Parts): Parts {
  const next = () => db.snapshot(() => parts.next());
  for (let part = next(); !part.done; part = next()) yield part.value;
}

function hourDiscrepancies(db: SqliteDatabase, missing: readonly MissingRow[]): Discrepancy[] {
  const none: Sums = { negative: 0, neutral: 0, positive: 0, tone_sum: 0, tone_squares: 0 };
  const inOrder = missing.toSorted((one, other) => (one.scope === other.scope ? one.hour - other.hour : one.scope < other.scope ? -1 : 1));
  return inOrder.map(({ scope, hour, ...more }) => {
    const stored = db.get<Sums>(storedQuery, scope, hour) ?? none;
    const expected = Object.fromEntries(sums.map((column) => [column, stored[column] + more[column]])) as Sums;
    return { scope, hour, stored: contributionOf(stored), expected: contributionOf(expected) };
  });
}

const contributionOf = ({ negative, neutral, positive, tone_sum: toneSum, tone_squares: toneSquares }: Sums): Contribution => ({
  negative,
  neutral,
  positive,
  toneSum,
  toneSquares,
});

/** Stories have no counts by label: all their articles count as neutral. */
function storyDiscrepancy({ story, scope, hour, ...row }: StoryRow): Discrepancy {
  const of = (articles: number, toneSum: number): Contribution => ({ negative: 0, neutral: articles, positive: 0, toneSum, toneSquares: 0 });
  return {
    scope: `${storyScope(story)} ${scope}`,
    hour,
    of: 'story',
    stored: of(row.articles, row.tone_sum),
    expected: of(row.expected_articles, row.expected_tone_sum),
  };
}

const dayDiscrepancies = (rows: readonly Row[]): Discrepancy[] =>
  rows.map((row) => ({ scope: row.scope, hour: row.hour, of: 'day', stored: sideOf(row, 'stored'), expected: sideOf(row, 'expected') }));

const sideOf = (row: Row, side: Side): Contribution => contributionOf(Object.fromEntries(sums.map((column) => [column, row[`${side}_${column}`]])) as Sums);

/** Sets a roll-up or the totals of a story to the sum over the articles, or a daily roll-up to the sum of its hours. */
export function mendRollup(db: SqliteDatabase, { scope, hour, of, expected }: Discrepancy): void {
  if (of === 'story') return refreshStoryTotals(db, [scope.slice(storyScope('').length, scope.indexOf(' '))]);
  const { negative, neutral, positive, toneSum, toneSquares } = expected;
  const [table, column, time] = of === 'day' ? (['daily_rollups', 'day', hour / HOURS_OF_DAY] as const) : (['rollups', 'hour', hour] as const);
  // Not REPLACE, which fires no delete trigger for the old row, so that the day would count both rows.
  db.run(
    `INSERT INTO ${table} (scope, ${column}, negative, neutral, positive, tone_sum, tone_squares) VALUES (?, ?, ?, ?, ?, ?, ?)
    ON CONFLICT (scope, ${column}) DO UPDATE SET negative = excluded.negative, neutral = excluded.neutral, positive = excluded.positive,
      tone_sum = excluded.tone_sum, tone_squares = excluded.tone_squares`,
    scope,
    time,
    negative,
    neutral,
    positive,
    toneSum,
    toneSquares,
  );
  // A day goes with its last hour. An hour stays with nothing in it, as when its last article leaves: if it went, so
  // might its day, in which other hours that hold nothing would not count again.
  if (of === 'day') db.run(hourlessDayQuery, scope, time, hour, hour + HOURS_OF_DAY);
}

const hourlessDayQuery = `DELETE FROM daily_rollups WHERE scope = ?1 AND day = ?2 AND NOT EXISTS (SELECT 1 FROM rollups WHERE scope = ?1 AND hour >= ?3 AND hour < ?4)`;
