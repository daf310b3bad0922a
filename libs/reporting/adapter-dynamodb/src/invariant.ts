import { contributionOf, DAY, dayOfHour, HOUR, lastExpiredHour, RollupIncrements, SECOND, type Contribution } from '@barometer/kernel';
import type { Discrepancy } from '@barometer/reporting';
import {
  ALL_LIST, articleOf, bucketOf, DayCounters, decideAndWrite, expiresAt, hoursOf, inTurns, rollupDirectory, rollupKey, scopeAndShard, scopesOfArticle, timeText,
  type DynamoDbTable, type Item,
} from '@barometer/storage-dynamodb';

const nothing: Contribution = { negative: 0, neutral: 0, positive: 0, toneSum: 0, toneSquares: 0 };
const DAYS_AT_ONCE = 4;
/** Far longer than an index takes to follow its table, which AWS gives as a fraction of a second. */
const INDEX_LAG = 3 * SECOND;

/**
 * Where the roll-ups inside retention differ from the sums over the articles inside retention, a day at a time. A score
 * may fall between the reading of articles and of counters, and the index of the articles follows the table late: only
 * what differs alike in two looks, some seconds apart, does differ.
 */
export async function findDiscrepancies(table: DynamoDbTable, now: number): Promise<Discrepancy[]> {
  const [first, last] = [dayOfHour(lastExpiredHour(now) + 1), Math.floor(now / DAY) + 1];
  const found = await lookAt(table, Array.from({ length: last - first + 1 }, (_, index) => first + index), now);
  if (found.length === 0) return [];
  await table.patience.sleep(INDEX_LAG);
  const days = [...new Set(found.map(({ hour }) => dayOfHour(hour)))];
  const again = new Set((await lookAt(table, days, now)).map((one) => JSON.stringify(one)));
  const settled = found.filter((one) => again.has(JSON.stringify(one)));
  return settled.sort((one, other) => (one.scope === other.scope ? one.hour - other.hour : one.scope < other.scope ? -1 : 1));
}

const lookAt = async (table: DynamoDbTable, days: readonly number[], now: number): Promise<Discrepancy[]> =>
  (await inTurns(days, DAYS_AT_ONCE, (day) => discrepanciesOf(table, day, now))).flat();

async function discrepanciesOf(table: DynamoDbTable, day: number, now: number): Promise<Discrepancy[]> {
  const pairs = new Map<string, Discrepancy>();
  const pairOf = (scope: string, hour: number) => pairs.get(`${hour} ${scope}`) ?? { scope, hour, stored: nothing, expected: nothing };
  const keep = (pair: Discrepancy) => pairs.set(`${pair.hour} ${pair.scope}`, pair);
  for (const { scope, hour, ...stored } of await storedOf(table, day)) keep({ ...pairOf(scope, hour), stored });
  for (const { scope, hour, ...expected } of await expectedOf(table, day, now)) keep({ ...pairOf(scope, hour), expected });
  return [...pairs.values()].filter(({ hour, stored, expected }) => hour > lastExpiredHour(now) && !isSame(stored, expected));
}

async function storedOf(table: DynamoDbTable, day: number): Promise<(Contribution & { scope: string; hour: number })[]> {
  const names = await table.all({ index: 'directory', partition: rollupDirectory(day) });
  const shards = names.map((item) => scopeAndShard(String(item['directorySort'])));
  const items = await table.getAll(shards.map(({ scope, shard }) => rollupKey(scope, day, shard)), { consistent: true });
  const byScope = Map.groupBy(items, (item: Item) => String(item['pk']).slice(2));
  return [...byScope].flatMap(([scope, those]) => hoursOf(those).map((hour) => ({ scope, ...hour })));
}

async function expectedOf(table: DynamoDbTable, day: number, now: number) {
  const sums = new RollupIncrements();
  const range = { index: 'list' as const, partition: ALL_LIST, from: timeText(day * DAY), to: `${timeText((day + 1) * DAY - 1)}~` };
  for await (const item of table.query(range)) {
    const article = articleOf(item);
    if (!article.sentiment || expiresAt(article) <= now) continue;
    sums.add(scopesOfArticle(article), bucketOf(article), contributionOf(article.sentiment));
  }
  return sums.list();
}

/** Adds what is missing to a roll-up, so that a score that comes in meanwhile is counted beside it. */
export async function mendRollup(table: DynamoDbTable, { scope, hour, stored, expected }: Discrepancy): Promise<void> {
  const counters = new DayCounters();
  const difference = Object.fromEntries(fields.map((field) => [field, expected[field] - stored[field]])) as unknown as Contribution;
  counters.addIncrement({ scope, hour, ...difference });
  await decideAndWrite(table, async () => ({ answer: undefined, actions: counters.actions(table.name, 0) }));
}

const fields = Object.keys(nothing) as (keyof Contribution)[];
const isSame = (one: Contribution, other: Contribution): boolean => fields.every((field) => one[field] === other[field]);

/** The period of everything that is kept at `now`. */
export const keptPeriod = (now: number): { from: number; to: number } => ({ from: (lastExpiredHour(now) + 1) * HOUR, to: now + 2 * DAY });
