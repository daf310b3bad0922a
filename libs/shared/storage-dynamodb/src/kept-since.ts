import { DAY, hourOf, lastExpiredHour, STANDARD_RETENTION, type Retention } from '@barometer/kernel';
import type { DynamoDbTable, Item } from './dynamodb-table';
import { counterKey } from './keys';

/** The counter's attribute that holds until when articles were stored with this retention. */
const attributeOf = ({ articles, rollups }: Retention): string => `kept${Math.round(articles / DAY)}r${Math.round(rollups / DAY)}`;

/**
 * Reserves numbers for this many articles, in the order of storing over all writers; some may stay unused. Answers the
 * last number before them. The same write notes the retention of these articles, since the table's time to live removes
 * each by the setting at its time.
 */
export async function reserveNumbers(table: DynamoDbTable, count: number, now: number): Promise<number> {
  const own = attributeOf(table.retention);
  const counter = await table.update(counterKey, 'ADD #last :count SET #own = :now', {
    names: { '#last': 'last', '#own': own },
    values: { ':count': count, ':now': now },
  });
  const before = Number(counter?.['last']) - count;
  const standard = attributeOf(STANDARD_RETENTION);
  // Articles stored before there was such a note were kept for 90 days.
  if (counter?.[standard] === undefined)
    await table.update(counterKey, 'SET #standard = :until', { names: { '#standard': standard }, values: { ':until': before > 0 ? now : 0 } });
  return before;
}

/**
 * The first hour from which every article that was ever stored still exists, by the item of the counter.
 * @param onlyOutlived considers only hours whose counts outlive their articles
 */
export function keptSince(counter: Item | undefined, { articles }: Retention, now: number, { onlyOutlived = false } = {}): number {
  let gone = lastExpiredHour(now, articles);
  for (const [name, until] of Object.entries(counter ?? {})) {
    const [, days = Infinity, rollupDays = days] = /^kept(\d+)r(\d+)$/.exec(name) ?? [];
    if (onlyOutlived && Number(rollupDays) <= Number(days)) continue;
    const kept = Number(days) * DAY;
    // Clocks may differ a little: an article may belong to the next hour at the latest.
    if (kept < articles) gone = Math.max(gone, Math.min(lastExpiredHour(now, kept), hourOf(Number(until)) + 1));
  }
  return gone + 1;
}
