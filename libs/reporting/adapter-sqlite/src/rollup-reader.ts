import { HOUR, lastExpiredHour, scopeKey, type TopicVersion } from '@barometer/kernel';
import type { HourCounts, Period, Scope } from '@barometer/reporting';
import { rollupColumns, type SqliteDatabase } from '@barometer/storage-sqlite';

/** Every scope between two texts, found by one seek of the primary key each. */
export const scopesQuery = `WITH RECURSIVE found (scope) AS (
    SELECT (SELECT min(scope) FROM rollups WHERE scope > ?1 AND scope < ?2)
    UNION ALL SELECT (SELECT min(scope) FROM rollups WHERE scope > found.scope AND scope < ?2) FROM found WHERE found.scope IS NOT NULL
  ) SELECT scope FROM found WHERE scope IS NOT NULL`;

export const hoursQuery = `SELECT hour, ${rollupColumns} FROM rollups
  WHERE scope = ? AND hour >= ? AND hour < ? AND negative + neutral + positive > 0 ORDER BY hour`;

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
export function hoursOf(db: SqliteDatabase, scope: Scope, period: Period, now: number): HourCounts[] {
  const topic = scope.topicId === undefined ? undefined : readyTopic(db, scope.topicId);
  if (scope.topicId !== undefined && !topic) return [];
  return hoursOfKey(db, scopeKey({ topic, sourceId: scope.sourceId }), period, now);
}

/** The same by the key of a roll-up. */
export function hoursOfKey(db: SqliteDatabase, key: string, period: Period, now: number): HourCounts[] {
  return db.all<HourCounts>(hoursQuery, key, ...hourRange(period, now)).map((row) => ({ ...row }));
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
