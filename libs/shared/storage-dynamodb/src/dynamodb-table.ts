import {
  BatchWriteCommand,
  GetCommand,
  PutCommand,
  QueryCommand,
  TransactWriteCommand,
  UpdateCommand,
  type BatchWriteCommandInput,
  type DynamoDBDocumentClient,
  type QueryCommandInput,
  type TransactWriteCommandInput,
} from '@aws-sdk/lib-dynamodb';
import { STANDARD_RETENTION, type Retention } from '@barometer/kernel';
import { realPatience, waitAfter, type Patience } from './back-off';
import { codeOf, isBusy, isUnreachable, StoreBusyError, storeErrorOf } from './errors';
import { inTurns } from './in-turns';
import type { ItemKey } from './keys';
import { conditionInput, queryInput, type ConditionalWrite, type Range } from './table-requests';

export type Item = Record<string, unknown>;
export type TransactItem = NonNullable<TransactWriteCommandInput['TransactItems']>[number];
type BatchRequest = NonNullable<BatchWriteCommandInput['RequestItems']>[string][number];

/** The part of the document client that the table uses, so that tests can replace it. */
export interface DocumentClient {
  send: DynamoDBDocumentClient['send'];
}

/** Why a transaction was cancelled: a reason for each of its actions, `None` for those without one. */
export type Cancellation = readonly string[];

const MOST_ATTEMPTS = 10;
const ATTEMPTS_AT_A_TRANSACTION = 4;
const LARGEST_BATCH = 25;
const GETS_AT_ONCE = 16;

export interface TableOptions {
  /** What to do if the table does not exist, as the end of a sentence. */
  readonly whenMissing?: string | undefined;
  /** How long new items are kept and existing ones shown; 90 days by default. */
  readonly retention?: Retention | undefined;
}

/** The one table: the few kinds of request that the stores need, with failures as `StoreError`. */
export class DynamoDbTable {
  readonly retention: Retention;

  constructor(
    private readonly client: DocumentClient,
    readonly name: string,
    readonly patience: Patience = realPatience,
    private readonly options: TableOptions = {},
  ) {
    this.retention = options.retention ?? STANDARD_RETENTION;
  }

  async get(key: ItemKey, options: { consistent?: boolean } = {}): Promise<Item | undefined> {
    const { Item } = await this.safely(() =>
      this.client.send(new GetCommand({ TableName: this.name, Key: { ...key }, ConsistentRead: options.consistent ?? false })),
    );
    return Item;
  }

  /** The items with these keys that exist, in the order of the keys. */
  async getAll(keys: readonly ItemKey[], options: { consistent?: boolean } = {}): Promise<Item[]> {
    const items = await inTurns(keys, GETS_AT_ONCE, (key) => this.get(key, options));
    return items.filter((item) => item !== undefined);
  }

  /** Reads page after page for as long as the caller iterates. */
  async *query(range: Range): AsyncGenerator<Item> {
    if (range.from !== undefined && range.to !== undefined && range.from > range.to) return;
    let start: QueryCommandInput['ExclusiveStartKey'];
    do {
      const input = { ...queryInput(this.name, range), ...(start && { ExclusiveStartKey: start }) };
      const page = await this.safely(() => this.client.send(new QueryCommand(input)));
      yield* page.Items ?? [];
      start = page.LastEvaluatedKey;
    } while (start);
  }

  /** The first items of a range, at most `limit`; reads no more than these. */
  async first(range: Range, limit: number): Promise<Item[]> {
    const items: Item[] = [];
    if (limit <= 0) return items;
    for await (const item of this.query({ ...range, pageSize: limit })) {
      items.push(item);
      if (items.length === limit) break;
    }
    return items;
  }

  async all(range: Range): Promise<Item[]> {
    const items: Item[] = [];
    for await (const item of this.query(range)) items.push(item);
    return items;
  }

  /** Writes an item; `false` if the condition does not hold. */
  async put(item: Item, condition?: ConditionalWrite): Promise<boolean> {
    return this.conditionally(() => this.client.send(new PutCommand({ TableName: this.name, Item: item, ...conditionInput(condition) })));
  }

  /** Changes an item and answers its new state; `undefined` if the condition does not hold. */
  async update(key: ItemKey, expression: string, write: Partial<ConditionalWrite>): Promise<Item | undefined> {
    let item: Item | undefined;
    await this.conditionally(async () => {
      const input = { TableName: this.name, Key: { ...key }, UpdateExpression: expression, ReturnValues: 'ALL_NEW' as const, ...conditionInput(write) };
      item = (await this.client.send(new UpdateCommand(input))).Attributes ?? {};
    });
    return item;
  }

  /**
   * Does all actions or none. The same token with the same actions takes effect once, however often it is sent: a
   * request whose answer was lost can be repeated, and gets the answer of the first.
   */
  async transact(actions: TransactItem[], token: string): Promise<'done' | Cancellation> {
    for (let attempt = 1; ; attempt += 1) {
      try {
        await this.client.send(new TransactWriteCommand({ TransactItems: actions, ClientRequestToken: token }));
        return 'done';
      } catch (error) {
        if (codeOf(error) === 'TransactionCanceledException') return this.cancellationOf(error);
        const mayWork = isBusy(error) || isUnreachable(error);
        if (!mayWork || (attempt === ATTEMPTS_AT_A_TRANSACTION && isUnreachable(error))) throw this.errorOf(error);
        if (attempt === ATTEMPTS_AT_A_TRANSACTION) return actions.map(() => codeOf(error));
        await waitAfter(attempt, this.patience);
      }
    }
  }

  /** Puts and deletes any number of items, without a transaction; what DynamoDB leaves unprocessed is sent again. */
  async writeAll(puts: readonly Item[], deletes: readonly ItemKey[] = []): Promise<void> {
    const requests: BatchRequest[] = [
      ...puts.map((Item) => ({ PutRequest: { Item } })),
      ...deletes.map(({ pk, sk }) => ({ DeleteRequest: { Key: { pk, sk } } })),
    ];
    for (let start = 0; start < requests.length; start += LARGEST_BATCH) await this.writeBatch(requests.slice(start, start + LARGEST_BATCH));
  }

  private async writeBatch(requests: BatchRequest[]): Promise<void> {
    let left = requests;
    for (let attempt = 0; left.length > 0; attempt += 1) {
      if (attempt === MOST_ATTEMPTS)
        throw new StoreBusyError(`The table ${this.name} is too busy; ${left.length} of ${requests.length} items were not written.`);
      if (attempt > 0) await waitAfter(attempt, this.patience);
      const input = { RequestItems: { [this.name]: left } };
      try {
        left = (await this.client.send(new BatchWriteCommand(input))).UnprocessedItems?.[this.name] ?? [];
      } catch (error) {
        if (!isBusy(error)) throw this.errorOf(error);
      }
    }
  }

  /** Sends a request that may safely be repeated. */
  private async safely<T>(request: () => Promise<T>): Promise<T> {
    for (let attempt = 1; ; attempt += 1) {
      try {
        return await request();
      } catch (error) {
        if (!isBusy(error) || attempt === MOST_ATTEMPTS) throw this.errorOf(error);
        await waitAfter(attempt, this.patience);
      }
    }
  }

  private async conditionally(request: () => Promise<unknown>): Promise<boolean> {
    try {
      await this.safely(request);
      return true;
    } catch (error) {
      if (codeOf(error) === 'ConditionalCheckFailedException') return false;
      throw error;
    }
  }

  private cancellationOf(error: unknown): Cancellation {
    const reasons = (error as { CancellationReasons?: { Code?: string; Message?: string }[] }).CancellationReasons ?? [];
    const odd = reasons.find(({ Code }) => Code === 'ValidationError' || Code === 'ItemCollectionSizeLimitExceeded' || Code === 'AccessDenied');
    if (odd) throw this.errorOf(odd.Code === 'AccessDenied' ? Object.assign(new Error(odd.Message), { name: 'AccessDeniedException' }) : error);
    return reasons.map(({ Code }) => Code ?? 'None');
  }

  private errorOf(error: unknown): unknown {
    return storeErrorOf(error, this.name, this.options.whenMissing);
  }
}
