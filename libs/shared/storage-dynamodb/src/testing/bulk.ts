import { articleItem, DayCounters, inTurns, rowsOf, type ArticleRecord, type DynamoDbTable, type Item, type TransactItem } from '../index';

const CHUNK = 100;
const WRITERS = 4;

/** Writes many articles as the stores would, with their rows, but without a transaction for each. */
export async function writeInBulk(table: DynamoDbTable, articles: readonly ArticleRecord[]): Promise<void> {
  const chunks = Array.from({ length: Math.ceil(articles.length / CHUNK) }, (_, index) => articles.slice(index * CHUNK, (index + 1) * CHUNK));
  await inTurns(chunks, WRITERS, (chunk) => table.writeAll(chunk.flatMap((one) => [articleItem(one), ...rowsOf(one)])));
}

/** Writes the counters of these articles, replacing those of their days, spread over these shards. */
export async function writeCounters(table: DynamoDbTable, articles: readonly ArticleRecord[], shards: readonly number[]): Promise<void> {
  for (const [index, shard] of shards.entries()) {
    const counters = new DayCounters();
    for (const one of articles) if (one.number % shards.length === index) counters.add(one, 1);
    await table.writeAll(counters.actions(table.name, shard).map(({ Update }) => updated(Update ?? {})));
  }
}

/** The item that an update with `name = :value` and `#name :value` creates. */
function updated(update: Partial<NonNullable<TransactItem['Update']>>): Item {
  const { Key: key, UpdateExpression: expression = '', ExpressionAttributeNames: names = {}, ExpressionAttributeValues: values = {} } = update;
  const pairs = [...expression.matchAll(/([#\w]+) (?:= )?(:\w+)/g)].map(([, name = '', value = '']) => [names[name] ?? name, values[value]]);
  return { ...key, ...Object.fromEntries(pairs) };
}
