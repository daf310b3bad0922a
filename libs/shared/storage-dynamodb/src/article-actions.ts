import { articleItem, expiresAt, timeToLive, type ArticleRecord } from './article-item';
import { DayCounters } from './day-counters';
import type { Item, TransactItem } from './dynamodb-table';
import { aliasKey, articleKey, watermarkKey } from './keys';
import { rowsOf } from './list-rows';

/** An article before and after: absent before it is stored, and after it is removed. */
export interface ArticleChange {
  readonly id: string;
  readonly before?: ArticleRecord | undefined;
  readonly after?: ArticleRecord | undefined;
}

/** Where the random start of a watermark's counter lies, so that two stores do not count alike. */
const MOST_STARTS = 2 ** 40;

/**
 * The actions of one transaction that make these changes: each article on condition of the revision that was read, its
 * rows in the lists, the merged difference of what it counts for, and the watermark.
 */
export function actionsOf(table: string, changes: readonly ArticleChange[], shard: number): TransactItem[] {
  const counters = new DayCounters();
  for (const { before, after } of changes) {
    if (before) counters.add(before, -1);
    if (after) counters.add(after, 1);
  }
  return [...changes.flatMap((change) => [articleAction(table, change), ...rowActions(table, change)]), ...eachKeyOnce(changes.flatMap((change) => aliasActions(table, change))), ...counters.actions(table, shard), watermarkAction(table, shard)];
}

/** Moves the watermark; a counter of each shard, so that writers seldom meet. */
export function watermarkAction(table: string, shard: number): TransactItem {
  return {
    Update: {
      TableName: table, Key: { ...watermarkKey(shard) }, UpdateExpression: 'SET n = if_not_exists(n, :start) + :one',
      ExpressionAttributeValues: { ':start': startOf(table, shard), ':one': 1 },
    },
  };
}

const starts = new Map<string, number>();

/** The same for the life of the process, so that equal transactions have equal actions. */
function startOf(table: string, shard: number): number {
  const key = `${shard} ${table}`;
  const start = starts.get(key) ?? Math.floor(Math.random() * MOST_STARTS);
  starts.set(key, start);
  return start;
}

function articleAction(table: string, { id, before, after }: ArticleChange): TransactItem {
  const condition = before
    ? { ConditionExpression: 'rev = :rev', ExpressionAttributeValues: { ':rev': before.rev } }
    : { ConditionExpression: 'attribute_not_exists(pk)' };
  if (!after) return { Delete: { TableName: table, Key: { ...articleKey(id) }, ...condition } };
  return { Put: { TableName: table, Item: articleItem(after), ...condition } };
}

function rowActions(table: string, { before, after }: ArticleChange): TransactItem[] {
  const [old, next] = [before ? byPartition(rowsOf(before)) : new Map<string, Item>(), after ? byPartition(rowsOf(after)) : new Map<string, Item>()];
  const puts = [...next].filter(([pk, row]) => JSON.stringify(old.get(pk)) !== JSON.stringify(row)).map(([, row]) => ({ Put: { TableName: table, Item: row } }));
  const deletes = [...old].filter(([pk]) => !next.has(pk)).map(([pk, row]) => ({ Delete: { TableName: table, Key: { pk, sk: row['sk'] } } }));
  return [...puts, ...deletes];
}

/** Keys are taken, not moved: one that another article has stays that one's, without holding up the transaction. */
function aliasActions(table: string, { id, before, after }: ArticleChange): TransactItem[] {
  const [old, next] = [before?.keys ?? [], after?.keys ?? []];
  const takes = next.filter((key) => !old.includes(key)).map((key) => ({
    Update: {
      TableName: table, Key: { ...aliasKey(key) }, UpdateExpression: 'SET #id = if_not_exists(#id, :id), #ttl = if_not_exists(#ttl, :ttl)', ExpressionAttributeNames: { '#id': 'id', '#ttl': 'ttl' },
      ExpressionAttributeValues: { ':id': id, ':ttl': after ? timeToLive(expiresAt(after)) : 0 },
    },
  }));
  return [...takes, ...old.filter((key) => !next.includes(key)).map((key) => ({ Delete: { TableName: table, Key: { ...aliasKey(key) } } }))];
}

/** Articles may share a key, and a transaction takes one action an item: whoever takes the key comes before who gives it up, the first before others. */
function eachKeyOnce(actions: readonly TransactItem[]): TransactItem[] {
  const byKey = new Map<string, TransactItem>();
  for (const action of actions) {
    const key = String((action.Update ?? action.Delete)?.Key?.['pk']);
    if (!byKey.has(key) || (action.Update && !byKey.get(key)?.Update)) byKey.set(key, action);
  }
  return [...byKey.values()];
}

const byPartition = (rows: readonly Item[]): Map<string, Item> => new Map(rows.map((row) => [String(row['pk']), row]));
