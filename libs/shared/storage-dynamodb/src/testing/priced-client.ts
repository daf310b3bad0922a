import { GetCommand } from '@aws-sdk/lib-dynamodb';
import { itemWriteUnits, storedBytes, tableDefinition, type DocumentClient, type IndexName, type Item, type TransactItem } from '../index';

/** The kind of an item, for a bill; told by the beginning of its partition. */
export type ItemKind = 'articles' | 'lists' | 'keys' | 'rollups' | 'stories' | 'sources' | 'notes';

/** Write units by kind of item, transactions counted twice; `bytes` is the growth of the items. */
export interface PricedWrites {
  /** Write units in the table. */
  readonly items: Readonly<Record<ItemKind, number>>;
  readonly indexes: Readonly<Record<IndexName, number>>;
  /** Growth in bytes of the items and their copies in indexes, including 100 bytes for each. */
  readonly bytes: number;
}

/** The requests to the table and their cost in units. */
export interface Priced {
  readonly readUnits: number;
  readonly writes: PricedWrites;
  readonly requests: number;
}

/**
 * Records the cost of every request. Reads report it themselves; DynamoDB Local under-reports transactions and indexes,
 * so writes are priced from the items before and after. For tests that send one write at a time to an item.
 */
export class PricedClient implements DocumentClient {
  private readUnits = 0;
  private requests = 0;
  private bytes = 0;
  private items = emptyItems();
  private indexes = emptyIndexes();

  constructor(private readonly inner: DocumentClient) {}

  readonly send = (async (command: Command, ...rest: unknown[]) => {
    this.requests += 1;
    const writes = writesOf(command);
    if (writes.length === 0) command.input['ReturnConsumedCapacity'] = 'TOTAL';
    const before = await this.read(writes);
    const answer = await (this.inner.send as (...all: unknown[]) => Promise<Record<string, unknown>>)(command, ...rest);
    const after = await this.read(writes);
    const consumed = answer['ConsumedCapacity'] as { CapacityUnits?: number } | undefined;
    if (writes.length === 0) this.readUnits += consumed?.CapacityUnits ?? 0;
    const factor = command.constructor.name === 'TransactWriteCommand' ? 2 : 1;
    for (const [index, { key }] of writes.entries()) this.note(kindOf(String(key['pk'])), factor, before[index], after[index]);
    return answer;
  }) as DocumentClient['send'];

  /** The cost since the last call. */
  take(): Priced {
    const taken = { readUnits: this.readUnits, requests: this.requests, writes: { items: this.items, indexes: this.indexes, bytes: this.bytes } };
    [this.readUnits, this.requests, this.bytes, this.items, this.indexes] = [0, 0, 0, emptyItems(), emptyIndexes()];
    return taken;
  }

  private note(kind: ItemKind, factor: number, before: Item | undefined, after: Item | undefined): void {
    const units = itemWriteUnits(before, after);
    this.items[kind] += factor * units.table;
    for (const { name } of tableDefinition.indexes) this.indexes[name] += units.indexes[name];
    this.bytes += storedBytes(after) - storedBytes(before);
  }

  private async read(writes: readonly Write[]): Promise<(Item | undefined)[]> {
    return Promise.all(
      writes.map(async ({ table, key }) => (await this.inner.send(new GetCommand({ TableName: table, Key: key, ConsistentRead: true }))).Item),
    );
  }
}

interface Command {
  readonly input: Record<string, unknown>;
  readonly constructor: { readonly name: string };
}

interface Write {
  readonly table: string;
  readonly key: Item;
}

const keyOf = (item: Item): Item => ({ pk: item['pk'], sk: item['sk'] });

function writesOf({ input, constructor: { name } }: Command): Write[] {
  if (name === 'PutCommand') return [{ table: String(input['TableName']), key: keyOf(input['Item'] as Item) }];
  if (name === 'UpdateCommand' || name === 'DeleteCommand') return [{ table: String(input['TableName']), key: keyOf(input['Key'] as Item) }];
  if (name === 'TransactWriteCommand') {
    return (input['TransactItems'] as TransactItem[]).map(({ Put, Update, Delete, ConditionCheck }) => {
      const one = Put ?? Update ?? Delete ?? ConditionCheck;
      return { table: String(one?.TableName), key: keyOf((Put?.Item ?? Update?.Key ?? Delete?.Key ?? ConditionCheck?.Key ?? {}) as Item) };
    });
  }
  if (name !== 'BatchWriteCommand') return [];
  type Request = { PutRequest?: { Item: Item }; DeleteRequest?: { Key: Item } };
  return Object.entries(input['RequestItems'] as Record<string, Request[]>).flatMap(([table, requests]) =>
    requests.map(({ PutRequest, DeleteRequest }) => ({ table, key: keyOf(PutRequest?.Item ?? DeleteRequest?.Key ?? {}) })),
  );
}

/** By the prefix of the partition key, see keys.ts. */
const beginnings: readonly (readonly [string, ItemKind])[] = [
  ['A#', 'articles'],
  ['L#', 'lists'],
  ['K#', 'keys'],
  ['R#', 'rollups'],
  ['STATES', 'rollups'],
  ['MODELS', 'rollups'],
  ['W#', 'stories'],
  ['Y#', 'stories'],
  ['SOURCES', 'sources'],
  ['HOST#', 'sources'],
  ['URL#', 'sources'],
  ['G#', 'sources'],
];

const kindOf = (pk: string): ItemKind => beginnings.find(([beginning]) => pk.startsWith(beginning))?.[1] ?? 'notes';

const emptyItems = (): Record<ItemKind, number> => ({ articles: 0, lists: 0, keys: 0, rollups: 0, stories: 0, sources: 0, notes: 0 });
const emptyIndexes = (): Record<IndexName, number> => ({ list: 0, waiting: 0, directory: 0 });
