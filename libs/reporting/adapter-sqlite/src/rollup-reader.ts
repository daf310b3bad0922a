import { DAY, HOUR, lastExpiredHour, scopeKey, type TopicVersion } from '@barometer/kernel';
import type { HourCounts, Period, Scope } from '@barometer/reporting';
import { rollupColumns, type SqliteDatabase } from '@barometer/storage-sqlite';

/** Every scope between two texts, found by one seek of the primary key each. */
export const scopesQuery = `WITH RECURSIVE found (scope) AS (
    SELECT (SELECT min(scope) FROM rollups WHERE scope > ?1 AND scope < ?2)
    UNION ALL SELECT (SELECT min(scope) FROM rollups WHERE scope > found.scope AND scope < ?2) FROM found WHERE found.scope IS NOT NULL
  ) SELECT scope FROM found WHERE scope IS NOT NULL`;

export const hoursQuery = `SELECT hour, ${rollupColumns} FROM rollups
  WHERE scope = ? AND hour >= ? AND hour < ? AND negative + neutral + positive > 0 ORDER BY hour`;

/** Hours before the first whole day, whole days at their first hours, and the hours after them. */
export const daysQuery = `SELECT hour, ${rollupColumns} FROM rollups WHERE scope = ?1 AND hour >= ?2 AND hour < ?3 AND negative + neutral + positive > 0
  UNION ALL SELECT day * 24, ${rollupColumns} FROM daily_rollups WHERE scope = ?1 AND day >= ?3 / 24 AND day < ?4 / 24 AND negative + neutral + positive > 0
  UNION ALL SELECT hour, ${rollupColumns} FROM rollups WHERE scope = ?1 AND hour >= ?4 AND hour < ?5 AND negative + neutral + positive > 0`;

const HOURS_OF_DAY = DAY / HOUR;

/** The first hour that is kept at this time. */
export const oldestHour = (now: number): number => lastExpiredHour(now) + 1;

/** Whole hours that begin in a period and are kept: the first, and the one after the last. */
export function hourRange({ from, to }: Period, now: number): [number, number] {
  return [Math.max(Math.ceil(from / HOUR), oldestHour(now)), Math.ceil(to / HOUR)];
}

/** The version of a topic that readers see. */
export function readyTopic(db: SqliteDatabase, topicId: string): TopicVersion | undefined {
  const row = db.get<{ version: number | null }>('SELECT ready_version AS version FROM topics WHERE id = ?', topicId);
  return row?.version == null ? undefined : { topicId, version: row.version };
}

/** The hours of a scope; none for a topic that has no ready version. */
export function hoursOf(db: SqliteDatabase, scope: Scope, period: Period, now: number, options?: { readonly wholeDays?: boolean }): HourCounts[] {
  const topic = scope.topicId === undefined ? undefined : readyTopic(db, scope.topicId);
  if (scope.topicId !== undefined && !topic) return [];
  return hoursOfKey(db, scopeKey({ topic, sourceId: scope.sourceId }), period, now, options);
}

/** The same by the key of a roll-up; whole days come as one row each where that is enough. */
export function hoursOfKey(db: SqliteDatabase, key: string, period: Period, now: number, { wholeDays = false } = {}): HourCounts[] {
  const [first, end] = hourRange(period, now);
  const [firstDay, endDay] = [Math.ceil(first / HOURS_OF_DAY) * HOURS_OF_DAY, Math.floor(end / HOURS_OF_DAY) * HOURS_OF_DAY];
  if (wholeDays && endDay > firstDay) return db.all<HourCounts>(daysQuery, key, first, firstDay, endDay, end);
  return db.all<HourCounts>(hoursQuery, key, first, end);
}

/** Every source that has figures, in a topic or at all; sources that were removed keep theirs. */
export function sourcesWithFigures(db: SqliteDatabase, topicId: string | undefined): string[] {
  const topic = topicId === undefined ? undefined : readyTopic(db, topicId);
  if (topicId !== undefined && !topic) return [];
  const prefix = scopeKey({ topic, sourceId: '*' }).slice(0, -1);
  // ';' follows ':', with which every such prefix ends.
  const rows = db.all<{ scope: string }>(scopesQuery, prefix, `${prefix.slice(0, -1)};`);
  return rows.map(({ scope }) => scope.slice(prefix.length));
}
