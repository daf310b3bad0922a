import { DAY, HOUR, lastExpiredHour, scopeKey, type TopicVersion } from '@barometer/kernel';
import type { HourCounts, HoursByOptions, Period, Scope } from '@barometer/reporting';
import { rollupColumns, type SqliteDatabase } from '@barometer/storage-sqlite';

/** Every scope between two texts, each found by one seek of the primary key. */
export const scopesQuery = `WITH RECURSIVE found (scope) AS (
    SELECT (SELECT min(scope) FROM rollups WHERE scope > ?1 AND scope < ?2)
    UNION ALL SELECT (SELECT min(scope) FROM rollups WHERE scope > found.scope AND scope < ?2) FROM found WHERE found.scope IS NOT NULL
  ) SELECT scope FROM found WHERE scope IS NOT NULL`;

export const hoursQuery = `SELECT hour, ${rollupColumns} FROM rollups
  WHERE scope = ? AND hour >= ? AND hour < ? AND negative + neutral + positive > 0 ORDER BY hour`;

/** Hours before the first whole day, whole days as their first hours, and the hours after them. */
export const daysQuery = `SELECT hour, ${rollupColumns} FROM rollups WHERE scope = ?1 AND hour >= ?2 AND hour < ?3 AND negative + neutral + positive > 0
  UNION ALL SELECT day * 24, ${rollupColumns} FROM daily_rollups WHERE scope = ?1 AND day >= ?3 / 24 AND day < ?4 / 24 AND negative + neutral + positive > 0
  UNION ALL SELECT hour, ${rollupColumns} FROM rollups WHERE scope = ?1 AND hour >= ?4 AND hour < ?5 AND negative + neutral + positive > 0`;

export const dayVolumeQuery = `SELECT coalesce(sum(negative + neutral + positive), 0) AS volume FROM (${daysQuery})`;

export const HOURS_OF_DAY = DAY / HOUR;

/** The first hour whose articles are kept at this time. */
export const oldestHour = (db: SqliteDatabase, now: number): number => lastExpiredHour(now, db.retention.articles) + 1;

/** The first hour whose roll-ups are kept at this time. */
const oldestCount = (db: SqliteDatabase, now: number): number => lastExpiredHour(now, db.retention.rollups) + 1;

/** Whole hours that begin in a period and are kept: the first, and the one after the last. */
export function hourRange(db: SqliteDatabase, { from, to }: Period, now: number, oldest = oldestCount(db, now)): [number, number] {
  return [Math.max(Math.ceil(from / HOUR), oldest), Math.ceil(to / HOUR)];
}

/** The version of a topic that readers see. */
export function readyTopic(db: SqliteDatabase, topicId: string): TopicVersion | undefined {
  const row = db.get<{ version: number | null }>('SELECT ready_version AS version FROM topics WHERE id = ?', topicId);
  return row?.version == null ? undefined : { topicId, version: row.version };
}

/** The hours of a scope; none for a topic that has no ready version. */
export function hoursOf(db: SqliteDatabase, scope: Scope, period: Period, now: number, options?: WholeDays): HourCounts[] {
  const topic = scope.topicId === undefined ? undefined : readyTopic(db, scope.topicId);
  if (scope.topicId !== undefined && !topic) return [];
  return hoursOfKey(db, scopeKey({ topic, sourceId: scope.sourceId }), period, now, options);
}

/** The same with the key of a roll-up; whole days are one row each if the caller allows it. */
export function hoursOfKey(db: SqliteDatabase, key: string, period: Period, now: number, { wholeDays }: WholeDays = {}): HourCounts[] {
  const [first, end] = hourRange(db, period, now);
  if (!wholeDays) return db.all<HourCounts>(hoursQuery, key, first, end);
  const cut = Math.min(end, Math.max(first, Math.ceil(wholeDays.cut / HOUR)));
  return [...db.all<HourCounts>(daysQuery, key, ...inDays(first, cut)), ...db.all<HourCounts>(daysQuery, key, ...inDays(cut, end))];
}

type WholeDays = Pick<HoursByOptions, 'wholeDays'>;

/** Splits a range of hours where its whole days begin and end; without a whole day all hours come before them. */
function inDays(first: number, end: number): [first: number, firstDay: number, endDay: number, end: number] {
  const [firstDay, endDay] = [Math.ceil(first / HOURS_OF_DAY) * HOURS_OF_DAY, Math.floor(end / HOURS_OF_DAY) * HOURS_OF_DAY];
  return endDay > firstDay ? [first, firstDay, endDay, end] : [first, end, end, end];
}

/** The number of articles in a scope's roll-ups of a period. */
export function volumeOfKey(db: SqliteDatabase, key: string, period: Period, now: number): number {
  return db.get<{ volume: number }>(dayVolumeQuery, key, ...inDays(...hourRange(db, period, now)))?.volume ?? 0;
}

/** Every source that has figures, in a topic or overall; removed sources keep theirs. */
export function sourcesWithFigures(db: SqliteDatabase, topicId: string | undefined): string[] {
  const topic = topicId === undefined ? undefined : readyTopic(db, topicId);
  if (topicId !== undefined && !topic) return [];
  const prefix = scopeKey({ topic, sourceId: '*' }).slice(0, -1);
  // ';' comes after ':', with which every such prefix ends.
  const rows = db.all<{ scope: string }>(scopesQuery, prefix, `${prefix.slice(0, -1)};`);
  return rows.map(({ scope }) => scope.slice(prefix.length));
}
