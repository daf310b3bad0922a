import { STANDARD_RETENTION, type Retention } from '@barometer/kernel';
import { articleItem, articleTtl, type ArticleRecord } from './article-item';
import { DayCounters } from './day-counters';
import type { Item, TransactItem } from './dynamodb-table';
import { aliasKey, articleKey, watermarkKey } from './keys';
import { rowsOf } from './list-rows';

/** An article before and after a change; absent before it is stored, and after it is removed. */
export interface ArticleChange {
  readonly id: string;
  readonly before?: ArticleRecord | undefined;
  readonly after?: ArticleRecord | undefined;
  /** The article is removed, but its counts stay. */
  readonly keepsCounts?: boolean;
}

/** The random start of a watermark's counter is below this; it makes the watermarks of two stores differ. */
const MOST_STARTS = 2 ** 40;

/**
 * The actions of one transaction that makes these changes: writes each article on condition of the revision that was read,
 * its rows in the lists, the merged changes of the counters, and the watermark.
 */
export function actionsOf(table: string, changes: readonly ArticleChange[], shard: number, retention: Retention = STANDARD_RETENTION): TransactItem[] {
  const counters = new DayCounters();
  for (const { before, after, keepsCounts = false } of changes) {
    if (keepsCounts) continue;
    if (before) counters.add(before, -1);
    if (after) counters.add(after, 1);
  }
  return [
    ...changes.flatMap((change) => [articleAction(table, change, retention), ...rowActions(table, change, retention)]),
    ...eachKeyOnce(changes.flatMap((change) => aliasActions(table, change, retention))),
    ...counters.actions(table, shard, retention),
    watermarkAction(table, shard),
  ];
}

/** Moves the watermark; each shard has a counter, so that writers seldom conflict. */
export function watermarkAction(table: string, shard: number): TransactItem {
  return {
    Update: {
      TableName: table,
      Key: { ...watermarkKey(shard) },
      UpdateExpression: 'SET n = if_not_exists(n, :start) + :one',
      ExpressionAttributeValues: { ':start': startOf(table, shard), ':one': 1 },
    },
  };
}

const starts = new Map<string, number>();

/** The same for the lifetime of the process, so that equal transactions have equal actions. */
function startOf(table: string, shard: number): number {
  const key = `${shard} ${table}`;
  const start = starts.get(key) ?? Math.floor(Math.random() * MOST_STARTS);
  starts.set(key, start);
  return start;
}

function articleAction(table: string, { id, before, after }: ArticleChange, retention: Retention): TransactItem {
  const condition = before
    ? { ConditionExpression: 'rev = :rev', ExpressionAttributeValues: { ':rev': before.rev } }
    : { ConditionExpression: 'attribute_not_exists(pk)' };
  if (!after) return { Delete: { TableName: table, Key: { ...articleKey(id) }, ...condition } };
  return { Put: { TableName: table, Item: articleItem(after, retention), ...condition } };
}

function rowActions(table: string, { before, after }: ArticleChange, retention: Retention): TransactItem[] {
  const [old, next] = [
    before ? byPartition(rowsOf(before, retention)) : new Map<string, Item>(),
    after ? byPartition(rowsOf(after, retention)) : new Map<string, Item>(),
  ];
  const puts = [...next]
    .filter(([pk, row]) => JSON.stringify(old.get(pk)) !== JSON.stringify(row))
    .map(([, row]) => ({ Put: { TableName: table, Item: row } }));
  const deletes = [...old].filter(([pk]) => !next.has(pk)).map(([pk, row]) => ({ Delete: { TableName: table, Key: { pk, sk: row['sk'] } } }));
  return [...puts, ...deletes];
}

/** A key that another article has stays with that article, without failing the transaction. */
function aliasActions(table: string, { id, before, after }: ArticleChange, retention: Retention): TransactItem[] {
  const [old, next] = [before?.keys ?? [], after?.keys ?? []];
  const takes = next
    .filter((key) => !old.includes(key))
    .map((key) => ({
      Update: {
        TableName: table,
        Key: { ...aliasKey(key) },
        UpdateExpression: 'SET #id = if_not_exists(#id, :id), #ttl = if_not_exists(#ttl, :ttl)',
        ExpressionAttributeNames: { '#id': 'id', '#ttl': 'ttl' },
        ExpressionAttributeValues: { ':id': id, ':ttl': after ? articleTtl(after, retention) : 0 },
      },
    }));
  return [...takes, ...old.filter((key) => !next.includes(key)).map((key) => ({ Delete: { TableName: table, Key: { ...aliasKey(key) } } }))];
}

/** Articles may share a key, but a transaction allows one action an item: taking a key goes before giving it up, and the first article goes before others. */
function eachKeyOnce(actions: readonly TransactItem[]): TransactItem[] {
  const byKey = new Map<string, TransactItem>();
  for (const action of actions) {
    const key = String((action.Update ?? action.Delete)?.Key?.['pk']);
    if (!byKey.has(key) || (action.Update && !byKey.get(key)?.Update)) byKey.set(key, action);
  }
  return [...byKey.values()];
}

const byPartition = (rows: readonly Item[]): Map<string, Item> => new Map(rows.map((row) => [String(row['pk']), row]));
