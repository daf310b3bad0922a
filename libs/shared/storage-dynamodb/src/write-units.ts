import type { Item, TransactItem } from './dynamodb-table';
import { tableDefinition, type IndexDefinition, type IndexName } from './table-definition';

/** The cost of a write, in write units of 1 KB. */
export interface WriteCost {
  readonly table: number;
  /** An index writes its copies of items whose projected attributes change. */
  readonly indexes: number;
}

const KB = 1_024;
const bytes = (text: string): number => Buffer.byteLength(text, 'utf8');

/**
 * The bytes of an item as DynamoDB counts them: names and strings in UTF-8, a number about one byte per two
 * digits plus one, a boolean 1, a list or map 3 plus 1 per element.
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

/** The write units of one item's change: in the table, and in each index that copies it. */
export interface ItemWriteCost {
  readonly table: number;
  readonly indexes: Readonly<Record<IndexName, number>>;
}

/**
 * The write units for turning one item into another, `undefined` if there is none: in the table one for each started KB
 * of the larger of the two, at least one, even if nothing changes; in each index whose copy changes, one for each
 * started KB of it, or two writes if its key changes. In a transaction the table takes twice as many, its indexes the
 * same.
 * Source: AWS, "DynamoDB read and write operations", "Using Global Secondary Indexes" (Developer Guide).
 */
export function itemWriteUnits(before: Item | undefined, after: Item | undefined): ItemWriteCost {
  const copies = tableDefinition.indexes.map((index) => [index.name, copyUnits(copyOf(index, before), copyOf(index, after), index)] as const);
  return {
    table: unitsOf(Math.max(before ? itemSize(before) : 0, after ? itemSize(after) : 0)),
    indexes: Object.fromEntries(copies) as Record<IndexName, number>,
  };
}

/**
 * The write units of these actions as one transaction, also if a condition fails. `before` gives the present items; an
 * update is assumed not to change an item's size and copies.
 */
export function writeUnits(actions: readonly TransactItem[], before: (key: Item) => Item | undefined): WriteCost {
  let [table, indexes] = [0, 0];
  for (const { Put, Update, Delete, ConditionCheck } of actions) {
    const old = before((Put?.Item ?? Update?.Key ?? Delete?.Key ?? ConditionCheck?.Key ?? {}) as Item);
    const units = itemWriteUnits(old, Delete ? undefined : ((Put?.Item ?? old) as Item | undefined));
    table += 2 * units.table;
    for (const copies of Object.values(units.indexes)) indexes += copies;
  }
  return { table, indexes };
}

/** DynamoDB bills this in addition to the bytes of each stored item and of each copy in an index. */
const OVERHEAD = 100;

/** The bytes of storage that an item and its copies in the indexes are billed for. Source: AWS, "Pricing for Amazon DynamoDB". */
export function storedBytes(item: Item | undefined): number {
  const stored = [item, ...tableDefinition.indexes.map((index) => copyOf(index, item))];
  return stored.reduce((sum, one) => sum + (one ? itemSize(one) + OVERHEAD : 0), 0);
}

const unitsOf = (size: number): number => Math.max(1, Math.ceil(size / KB));

function copyUnits(old: Item | undefined, next: Item | undefined, index: IndexDefinition): number {
  if (JSON.stringify(old) === JSON.stringify(next)) return 0;
  const isSamePlace = old && next && old[index.partition] === next[index.partition] && old[index.sort] === next[index.sort];
  if (isSamePlace) return unitsOf(Math.max(itemSize(old), itemSize(next)));
  return [old, next].reduce((sum, copy) => sum + (copy ? unitsOf(itemSize(copy)) : 0), 0);
}

/** An index's copy of an item, with sorted attributes; `undefined` if the item lacks its key. */
function copyOf(index: IndexDefinition, item: Item | undefined): Item | undefined {
  if (item?.[index.partition] === undefined) return undefined;
  const names = new Set([
    tableDefinition.partition,
    tableDefinition.sort,
    index.partition,
    index.sort,
    ...(index.projection === 'all' ? Object.keys(item) : index.projection),
  ]);
  return Object.fromEntries([...names].sort().flatMap((name) => (item[name] === undefined ? [] : [[name, item[name]]])));
}
