import { dayOfHour, expiryOf, HOUR, lastExpiredHour, type Contribution } from '@barometer/kernel';
import type { HourCounts, Period } from '@barometer/reporting';
import { dayText, hoursOf, inTurns, rollupDirectory, rollupPartition, scopeAndShard, type DynamoDbTable, type Item } from '@barometer/storage-dynamodb';

export const QUERIES_AT_ONCE = 16;

/** The hours of a period that are kept at `now`, for `kept` milliseconds: the first, and the one after the last. */
export function keptHours(period: Period, now: number, kept: number): { first: number; end: number } {
  const oldest = lastExpiredHour(now, kept) + 1;
  return { first: Math.max(Math.ceil(period.from / HOUR), oldest, 0), end: Math.ceil(Math.min(period.to, Number.MAX_SAFE_INTEGER / 2) / HOUR) };
}

export const isKept =
  (now: number, kept: number) =>
  (hour: number): boolean =>
    expiryOf(hour, kept) > now;

/** The items of a partition with one item a day, such as roll-ups, that overlap these hours. */
export async function dayItems(table: DynamoDbTable, partition: string, hours: { first: number; end: number }): Promise<Item[]> {
  if (hours.end <= hours.first) return [];
  const [from, to] = [dayText(dayOfHour(hours.first)), `${dayText(Math.min(dayOfHour(hours.end - 1), 999_999))}~`];
  return table.all({ partition, from, to });
}

/** The counts of each hour of a period. */
export async function scopeHours(table: DynamoDbTable, scope: string, period: Period, now: number): Promise<HourCounts[]> {
  const hours = keptHours(period, now, table.retention.rollups);
  const rows = hoursOf(await dayItems(table, rollupPartition(scope), hours));
  return rows.filter(({ hour, ...counts }) => hour >= hours.first && hour < hours.end && volume(counts) > 0);
}

/** The same for several scopes, each under its name. */
export async function hoursOfScopes(
  table: DynamoDbTable,
  scopes: ReadonlyMap<string, string>,
  period: Period,
  now: number,
): Promise<Map<string, HourCounts[]>> {
  const found = await inTurns([...scopes], QUERIES_AT_ONCE, async ([id, scope]) => [id, await scopeHours(table, scope, period, now)] as const);
  return new Map(found.filter(([, hours]) => hours.length > 0));
}

/** The scopes with this prefix that have a roll-up on any day of the period, from the directory. */
export async function scopesIn(table: DynamoDbTable, prefix: string, period: Period, now: number): Promise<string[]> {
  const { first, end } = keptHours({ from: period.from, to: Math.min(period.to, now + 48 * HOUR) }, now, table.retention.rollups);
  const days = Array.from({ length: Math.max(0, dayOfHour(end - 1) - dayOfHour(first) + 1) }, (_, index) => dayOfHour(first) + index);
  const found = await inTurns(days, QUERIES_AT_ONCE, (day) => table.all({ index: 'directory', partition: rollupDirectory(day), prefix }));
  return [...new Set(found.flat().map((item) => scopeAndShard(String(item['directorySort'])).scope))].sort();
}

const volume = ({ negative, neutral, positive }: Contribution): number => negative + neutral + positive;
