import { contributionOf, DAY, dayOfHour, expiryBound, HOUR, lastExpiredHour, RollupIncrements, SECOND, type Contribution } from '@barometer/kernel';
import type { Discrepancy } from '@barometer/reporting';
import {
  ALL_LIST,
  articleOf,
  bucketOf,
  counterKey,
  DayCounters,
  decideAndWrite,
  expiresAt,
  hoursOf,
  inTurns,
  keptSince,
  rollupDirectory,
  rollupKey,
  scopeAndShard,
  scopesOfArticle,
  timeText,
  type DynamoDbTable,
  type Item,
} from '@barometer/storage-dynamodb';

const nothing: Contribution = { negative: 0, neutral: 0, positive: 0, toneSum: 0, toneSquares: 0 };
const DAYS_AT_ONCE = 4;
/** Far longer than an index lags behind its table, which according to AWS is a fraction of a second. */
const INDEX_LAG = 3 * SECOND;

/**
 * Where the roll-ups inside retention differ from the sums over the articles inside retention, a day at a time. A score
 * may arrive between reading articles and counters, and the index of the articles lags behind the table: so only a
 * difference that is the same in two reads, some seconds apart, counts.
 */
export async function findDiscrepancies(table: DynamoDbTable, now: number, stop?: AbortSignal): Promise<Discrepancy[]> {
  const from = await checkedFrom(table, now);
  const [first, last] = [dayOfHour(from), Math.floor(now / DAY) + 1];
  const found = (
    await lookAt(
      table,
      Array.from({ length: last - first + 1 }, (_, index) => first + index),
      now,
      stop,
    )
  ).filter(({ hour }) => hour >= from);
  if (found.length === 0) return [];
  await table.patience.sleep(INDEX_LAG);
  const days = [...new Set(found.map(({ hour }) => dayOfHour(hour)))];
  const again = new Set((await lookAt(table, days, now, stop)).map((one) => JSON.stringify(one)));
  const settled = found.filter((one) => again.has(JSON.stringify(one)));
  return settled.sort((one, other) => (one.scope === other.scope ? one.hour - other.hour : one.scope < other.scope ? -1 : 1));
}

/**
 * The first hour whose roll-ups can be compared with articles: if roll-ups are kept for longer, the articles of earlier
 * hours may be gone.
 */
export async function checkedFrom(table: DynamoDbTable, now: number): Promise<number> {
  return keptSince(await table.get(counterKey, { consistent: true }), table.retention, now);
}

async function lookAt(table: DynamoDbTable, days: readonly number[], now: number, stop: AbortSignal | undefined): Promise<Discrepancy[]> {
  const found = await inTurns(days, DAYS_AT_ONCE, (day) => {
    stop?.throwIfAborted();
    return discrepanciesOf(table, day, now);
  });
  return found.flat();
}

async function discrepanciesOf(table: DynamoDbTable, day: number, now: number): Promise<Discrepancy[]> {
  const pairs = new Map<string, Discrepancy>();
  const pairOf = (scope: string, hour: number) => pairs.get(`${hour} ${scope}`) ?? { scope, hour, stored: nothing, expected: nothing };
  const keep = (pair: Discrepancy) => pairs.set(`${pair.hour} ${pair.scope}`, pair);
  for (const { scope, hour, ...stored } of await storedOf(table, day)) keep({ ...pairOf(scope, hour), stored });
  for (const { scope, hour, ...expected } of await expectedOf(table, day, now)) keep({ ...pairOf(scope, hour), expected });
  return [...pairs.values()].filter(({ stored, expected }) => !isSame(stored, expected));
}

async function storedOf(table: DynamoDbTable, day: number): Promise<(Contribution & { scope: string; hour: number })[]> {
  const names = await table.all({ index: 'directory', partition: rollupDirectory(day) });
  const shards = names.map((item) => scopeAndShard(String(item['directorySort'])));
  const items = await table.getAll(
    shards.map(({ scope, shard }) => rollupKey(scope, day, shard)),
    { consistent: true },
  );
  const byScope = Map.groupBy(items, (item: Item) => String(item['pk']).slice(2));
  return [...byScope].flatMap(([scope, those]) => hoursOf(those).map((hour) => ({ scope, ...hour })));
}

async function expectedOf(table: DynamoDbTable, day: number, now: number) {
  const [sums, bound] = [new RollupIncrements(), expiryBound(now, table.retention)];
  const range = { index: 'list' as const, partition: ALL_LIST, from: timeText(day * DAY), to: `${timeText((day + 1) * DAY - 1)}~` };
  for await (const item of table.query(range)) {
    const article = articleOf(item);
    if (!article.sentiment || expiresAt(article) <= bound) continue;
    sums.add(scopesOfArticle(article), bucketOf(article), contributionOf(article.sentiment));
  }
  return sums.list();
}

/** Adds the difference to a roll-up, so that a score arriving at the same time is not lost. */
export async function mendRollup(table: DynamoDbTable, { scope, hour, stored, expected }: Discrepancy): Promise<void> {
  const counters = new DayCounters();
  const difference = Object.fromEntries(fields.map((field) => [field, expected[field] - stored[field]])) as unknown as Contribution;
  counters.addIncrement({ scope, hour, ...difference });
  await decideAndWrite(table, async () => ({ answer: undefined, actions: counters.actions(table.name, 0, table.retention) }));
}

const fields = Object.keys(nothing) as (keyof Contribution)[];
const isSame = (one: Contribution, other: Contribution): boolean => fields.every((field) => one[field] === other[field]);

/** The period of everything that is kept at `now`. */
export const keptPeriod = (now: number, kept: number): { from: number; to: number } => ({ from: (lastExpiredHour(now, kept) + 1) * HOUR, to: now + 2 * DAY });
