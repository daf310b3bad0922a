import { decideAndWrite, DynamoDbTable, StoreBusyError, StoreDeniedError, StoreUnreachableError, type DocumentClient, type TransactItem } from './index';

const actions: TransactItem[] = ['a', 'b', 'c', 'd'].map((pk) => ({ Put: { TableName: 't', Item: { pk, sk: 's' } } }));
const failure = (name: string, fields: object = {}) => Object.assign(new Error(name), { name, ...fields });
const cancelled = (...codes: string[]) =>
  failure('TransactionCanceledException', { CancellationReasons: codes.map((Code) => ({ Code, Message: `${Code} it is` })) });

/** A table whose requests fail with these errors in turn, and then succeed; records requests and waits. */
function failingTable(errors: readonly Error[], random: () => number = () => 0.5) {
  const [tokens, waits]: [(string | undefined)[], number[]] = [[], []];
  const client: DocumentClient = {
    send: (async (command: { input: { ClientRequestToken?: string } }) => {
      tokens.push(command.input.ClientRequestToken);
      const error = errors[tokens.length - 1];
      if (error) throw error;
      return {};
    }) as unknown as DocumentClient['send'],
  };
  const sleep = async (milliseconds: number) => void waits.push(milliseconds);
  return { table: new DynamoDbTable(client, 't', { sleep, random }), tokens, waits };
}

const times = <T>(count: number, value: T): T[] => Array.from({ length: count }, () => value);

describe('a transaction', () => {
  it.each([
    ['cannot be sent', failure('Error', { code: 'ECONNREFUSED' })],
    ['has its answer lost with the connection', failure('Error', { code: 'ECONNRESET' })],
    ['has its answer come too late', failure('TimeoutError')],
    ['is still going on', failure('TransactionInProgressException')],
    ['is throttled', failure('ThrottlingException')],
  ])('that %s is sent again unchanged', async (_, error) => {
    const { table, tokens } = failingTable(times(3, error));
    expect(await table.transact(actions, 'token')).toBe('done');
    expect(tokens).toEqual(times(4, 'token'));
  });

  it('that is never answered ends in a single error', async () => {
    const { table, tokens } = failingTable(times(9, failure('Error', { code: 'ECONNRESET' })));
    await expect(table.transact(actions, 'token')).rejects.toThrow(StoreUnreachableError);
    expect(tokens).toHaveLength(4);
  });

  it('that stays throttled counts as cancelled', async () => {
    expect(await failingTable(times(9, failure('ThrottlingException'))).table.transact(actions, 'token')).toEqual(times(4, 'ThrottlingException'));
  });

  it('that is cancelled for several reasons reports them all, and is not repeated unchanged', async () => {
    const reasons = ['ConditionalCheckFailed', 'None', 'TransactionConflict', 'ThrottlingError'];
    const { table, tokens } = failingTable([cancelled(...reasons)]);
    expect(await table.transact(actions, 'token')).toEqual(reasons);
    expect(tokens).toHaveLength(1);
  });

  it.each(['ValidationError', 'ItemCollectionSizeLimitExceeded'])('that can never succeed is an error, whatever the other reasons: %s', async (code) => {
    const error = cancelled('TransactionConflict', code, 'ConditionalCheckFailed', 'None');
    await expect(failingTable([error]).table.transact(actions, 'token')).rejects.toBe(error);
  });

  it('that is denied in part is denied', async () => {
    await expect(failingTable([cancelled('TransactionConflict', 'AccessDenied', 'None', 'None')]).table.transact(actions, 'token')).rejects.toThrow(
      StoreDeniedError,
    );
  });
});

describe('reading, deciding and writing', () => {
  const decisions = async (errors: readonly Error[]) => {
    const told: unknown[] = [];
    const { table } = failingTable(errors);
    await decideAndWrite(table, async (failed) => {
      told.push(failed);
      return { answer: undefined, actions };
    });
    return told;
  };

  it('passes on a condition that failed, also beside a conflict and a throttle', async () => {
    const mixed = ['ConditionalCheckFailed', 'TransactionConflict', 'ThrottlingError', 'None'];
    expect(await decisions([cancelled(...mixed)])).toEqual([undefined, mixed]);
  });

  it('passes on nothing if no condition failed', async () => {
    expect(await decisions([cancelled('None', 'TransactionConflict'), cancelled('ThrottlingError')])).toEqual([undefined, undefined, undefined]);
  });

  it('gives up eventually', async () => {
    const { table, tokens } = failingTable(times(99, cancelled('TransactionConflict')));
    await expect(decideAndWrite(table, async () => ({ answer: undefined, actions }))).rejects.toThrow(StoreBusyError);
    expect(tokens.length).toBeLessThan(20);
  });
});

describe('waiting', () => {
  /** Ten random numbers, and the waits that they cause before requests to a busy table. */
  const waitsWith = async (random: () => number) => {
    const { table, waits } = failingTable(times(99, failure('ThrottlingException')), random);
    await expect(table.get({ pk: 'a', sk: 'b' })).rejects.toThrow(StoreBusyError);
    return waits;
  };
  const bounds = [40, 80, 160, 320, 640, 1_000, 1_000, 1_000, 1_000];

  it('takes a random time up to a bound that doubles', async () => {
    expect(await waitsWith(() => 0)).toEqual(bounds.map(() => 0));
    expect(await waitsWith(() => 0.25)).toEqual(bounds.map((bound) => bound / 4));
    const chances = bounds.map((_, index) => ((index * 7) % 10) / 10);
    const left = [...chances];
    expect(await waitsWith(() => left.shift() ?? 0)).toEqual(bounds.map((bound, index) => bound * (chances[index] ?? 0)));
  });

  it('also comes before each further attempt at a transaction', async () => {
    const { table, waits } = failingTable(times(3, failure('TimeoutError')), () => 0.5);
    await table.transact(actions, 'token');
    expect(waits).toEqual([20, 40, 80]);
  });

  it('comes before the rest of a batch is written', async () => {
    const { table, waits } = failingTable(times(2, failure('ThrottlingException')), () => 0.5);
    await table.writeAll([{ pk: 'a', sk: 'b' }]);
    expect(waits).toEqual([20, 40]);
  });
});
