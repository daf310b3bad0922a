import { itemSize, itemWriteUnits, tableDefinition, type DocumentClient, type Item, type TransactItem } from '@barometer/storage-dynamodb';

/** Units of one partition key of the table or of an index, and the share of its most written item. */
export interface PartitionUnits {
  /** As written in `keys.ts`, preceded by the index: `R#all`, `list: all`. */
  readonly partition: string;
  readonly writes: number;
  readonly reads: number;
  readonly hottestItem: number;
}

interface Counted {
  writes: number;
  reads: number;
  readonly items: Map<string, number>;
}

interface Command {
  readonly input: Record<string, unknown>;
  readonly constructor: { readonly name: string };
}

const READ_UNIT = 4_096;

/**
 * An in-memory table for one writer, which records the units of every request by partition key, by the rules in AWS's
 * documentation (see `itemWriteUnits`); transactions count twice. It supports what the stores need for storing, scoring
 * and polling: conditions are assumed to hold, and indexes are written but not read.
 */
export class CountingClient implements DocumentClient {
  private readonly partitions = new Map<string, Map<string, Item>>();
  private counted = new Map<string, Counted>();

  readonly send = (async ({ input, constructor: { name } }: Command) => this.answer(name, input)) as unknown as DocumentClient['send'];

  /** The units since the last call, the most written partition first. */
  take(): PartitionUnits[] {
    const found = [...this.counted].map(([partition, { writes, reads, items }]) => ({ partition, writes, reads, hottestItem: Math.max(0, ...items.values()) }));
    this.counted = new Map();
    return found.sort((one, other) => other.writes - one.writes || other.reads - one.reads);
  }

  private answer(name: string, input: Record<string, unknown>): object {
    const consistent = input['ConsistentRead'] === true;
    switch (name) {
      case 'GetCommand': {
        const found = this.at(input['Key'] as Item);
        this.read(String((input['Key'] as Item)['pk']), found ? [found] : [], consistent);
        return { Item: found && structuredClone(found) };
      }
      case 'QueryCommand': {
        if (input['IndexName'] !== undefined) throw new Error(`No index can be read here: ${String(input['IndexName'])}.`);
        const partition = String((input['ExpressionAttributeValues'] as Item)[':partition']);
        const items = [...(this.partitions.get(partition)?.values() ?? [])];
        this.read(partition, items, consistent);
        return { Items: structuredClone(items) };
      }
      case 'PutCommand':
        this.write({ Put: input } as TransactItem, 1);
        return {};
      case 'UpdateCommand':
        return { Attributes: structuredClone(this.write({ Update: input } as TransactItem, 1)) };
      case 'TransactWriteCommand':
        for (const action of input['TransactItems'] as TransactItem[]) this.write(action, 2);
        return {};
      case 'BatchWriteCommand': {
        type Request = { PutRequest?: { Item: Item }; DeleteRequest?: { Key: Item } };
        for (const { PutRequest, DeleteRequest } of Object.values(input['RequestItems'] as Record<string, Request[]>).flat()) {
          this.write((PutRequest ? { Put: PutRequest } : { Delete: DeleteRequest }) as TransactItem, 1);
        }
        return {};
      }
      default:
        throw new Error(`Nothing here stands for ${name}.`);
    }
  }

  private at(key: Item): Item | undefined {
    return this.partitions.get(String(key['pk']))?.get(String(key['sk']));
  }

  private write({ Put, Update, Delete, ConditionCheck }: TransactItem, factor: 1 | 2): Item | undefined {
    const key = (Put?.Item ?? Update?.Key ?? Delete?.Key ?? ConditionCheck?.Key) as Item;
    const [pk, sk] = [String(key['pk']), String(key['sk'])];
    const before = this.at(key);
    const after = ConditionCheck ? before : Delete ? undefined : Update ? updated(before ?? key, Update) : (Put?.Item as Item);
    const units = itemWriteUnits(before, after);
    this.note(pk, sk, factor * units.table);
    for (const { name, partition, sort } of tableDefinition.indexes) {
      const copy = after?.[partition] === undefined ? before : after;
      if (units.indexes[name] > 0) this.note(`${name}: ${String(copy?.[partition])}`, String(copy?.[sort]), units.indexes[name]);
    }
    const items = this.partitions.get(pk) ?? new Map<string, Item>();
    this.partitions.set(pk, items);
    if (after) items.set(sk, after);
    else items.delete(sk);
    return after;
  }

  private read(partition: string, items: readonly Item[], consistent: boolean): void {
    const bytes = items.reduce((sum, item) => sum + itemSize(item), 0);
    this.of(partition).reads += Math.max(1, Math.ceil(bytes / READ_UNIT)) * (consistent ? 1 : 0.5);
  }

  private note(partition: string, item: string, units: number): void {
    const counted = this.of(partition);
    counted.writes += units;
    counted.items.set(item, (counted.items.get(item) ?? 0) + units);
  }

  private of(partition: string): Counted {
    const counted = this.counted.get(partition) ?? { writes: 0, reads: 0, items: new Map<string, number>() };
    this.counted.set(partition, counted);
    return counted;
  }
}

/** The item after an update, for those update expressions that the stores use. Throws for any other. */
function updated(before: Item, update: NonNullable<TransactItem['Update']> | Record<string, unknown>): Item {
  const {
    UpdateExpression: expression,
    ExpressionAttributeNames: names = {},
    ExpressionAttributeValues: values = {},
  } = update as { UpdateExpression: string; ExpressionAttributeNames?: Record<string, string>; ExpressionAttributeValues?: Item };
  const after = { ...before };
  const nameOf = (text: string) => names[text] ?? text;
  if (!/^(SET|ADD)\s/.test(expression)) throw new Error(`This update is not understood: ${expression}`);
  for (const [, verb, clause = ''] of expression.matchAll(/\b(SET|ADD)\s(.*?)(?=\s(?:SET|ADD)\s|$)/g)) {
    for (const part of clause.split(/,\s*(?![^(]*\))/)) {
      const [, name = '', fallback, value = '', plus] = /^([#\w]+) (?:= )?(?:if_not_exists\(([#\w]+), )?(:\w+)\)?(?: \+ (:\w+))?$/.exec(part.trim()) ?? [];
      if (name === '') throw new Error(`This update is not understood: ${part}`);
      const attribute = nameOf(name);
      if (verb === 'ADD') after[attribute] = added(after[attribute], values[value]);
      else after[attribute] = added(fallback === undefined ? values[value] : (before[nameOf(fallback)] ?? values[value]), plus && values[plus]);
    }
  }
  return after;
}

function added(before: unknown, more: unknown): unknown {
  if (more === undefined) return before;
  if (more instanceof Set) return new Set([...((before as Set<unknown> | undefined) ?? []), ...more]);
  return Number(before ?? 0) + Number(more);
}
