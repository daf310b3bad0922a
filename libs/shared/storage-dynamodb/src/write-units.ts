import type { Item, TransactItem } from './dynamodb-table';
import { tableDefinition, type IndexDefinition } from './table-definition';

/** What a write costs, in write units of 1 KB. */
export interface WriteCost {
  readonly table: number;
  /** An index writes the copies of the items whose projected attributes change. */
  readonly indexes: number;
}

const KB = 1_024;
const bytes = (text: string): number => Buffer.byteLength(text, 'utf8');

/**
 * The bytes of an item as DynamoDB counts them: names and strings in UTF-8, a number about a byte for two digits and one
 * more, 1 for a boolean, 3 and 1 an element for lists and maps.
 * Source: AWS, "DynamoDB item sizes and formats" (Developer Guide).
 */
export const itemSize = (item: Item): number => Object.entries(item).reduce((sum, [name, value]) => sum + bytes(name) + valueSize(value), 0);

function valueSize(value: unknown): number {
  if (value === undefined) return 0;
  if (typeof value === 'string') return bytes(value);
  if (typeof value === 'number') return Math.ceil(String(Math.abs(value)).replace(/^0\.0*|\./, '').length / 2) + 1 + Number(value < 0);
  if (value instanceof Set) return [...value].reduce((sum: number, one) => sum + valueSize(one), 0);
  if (Array.isArray(value)) return value.reduce((sum: number, one) => sum + 1 + valueSize(one), 3);
  if (typeof value === 'object' && value !== null) return Object.entries(value).reduce((sum, [name, one]) => sum + 1 + bytes(name) + valueSize(one), 3);
  return 1;
}

/**
 * The write units of these actions as one transaction: two for each started KB of the larger of the item before and
 * after, a failed condition included; and one for each started KB of what each index copies. `sizeOf` tells the size of
 * an item that an update changes, since an update does not hold it.
 * Source: AWS, "DynamoDB read and write operations" (Developer Guide).
 */
export function writeUnits(actions: readonly TransactItem[], sizeOf: (key: Item) => number): WriteCost {
  let [table, indexes] = [0, 0];
  for (const { Put, Update, Delete, ConditionCheck } of actions) {
    const key = (Update ?? Delete ?? ConditionCheck)?.Key as Item | undefined;
    const size = Put?.Item ? itemSize(Put.Item) : key ? sizeOf(key) : 0;
    table += 2 * Math.max(1, Math.ceil(size / KB));
    if (Put?.Item) indexes += tableDefinition.indexes.reduce((sum, index) => sum + copyUnits(index, Put.Item as Item), 0);
  }
  return { table, indexes };
}

function copyUnits(index: IndexDefinition, item: Item): number {
  if (item[index.partition] === undefined) return 0;
  const names = new Set([tableDefinition.partition, tableDefinition.sort, index.partition, index.sort, ...(index.projection === 'all' ? Object.keys(item) : index.projection)]);
  const copy = Object.fromEntries(Object.entries(item).filter(([name]) => names.has(name)));
  return Math.max(1, Math.ceil(itemSize(copy) / KB));
}
