import { expectedRollups, sentimentWith } from '@barometer/events/testing';
import { articleIdOf, HOUR, MINUTE } from '@barometer/kernel';
import { StoreBusyError, type DocumentClient } from '@barometer/storage-dynamodb';
import { DynamoDbProbe, FaultyClient, faults, freshTable, sequence, type Fault, type FreshTable } from '@barometer/storage-dynamodb/testing';
import { DynamoDbScoreStore } from './index';

jest.setTimeout(300_000);

const NOW = Date.UTC(2026, 0, 15, 10, 20);
const topic = { topicId: 'gas', version: 1 };
const idOf = (index: number) => articleIdOf(`article ${index}`);
const glad = sentimentWith(0.8);

const impatient = { sleep: async () => undefined, random: sequence(11) };
const { unprocessed: _, ...faultsOfTransactions } = faults;

describe('faults of DynamoDB', () => {
  let fresh: FreshTable;
  let probe: DynamoDbProbe;
  beforeEach(async () => {
    fresh = await freshTable();
    probe = new DynamoDbProbe(fresh.table, fresh.client);
  });
  afterEach(() => fresh.close());

  const add = async (count: number) => {
    await probe.put(
      Array.from({ length: count }, (_, index) => ({
        id: idOf(index),
        rev: 0,
        number: index + 1,
        url: '',
        title: `Title ${index}`,
        summary: '',
        publishedAt: NOW + (index % 3) * HOUR,
        dated: true,
        fetchedAt: NOW,
        storedAt: NOW,
        state: 'pending' as const,
        changes: 0,
        receives: 0,
        availableAt: 0,
        sources: [{ sourceId: index % 2 ? 'a' : 'b' }],
        topics: index % 3 ? [] : [topic],
      })),
    );
  };
  const scoresOf = (count: number) => Array.from({ length: count }, (_, index) => ({ articleId: idOf(index), sentiment: glad }));
  const through = (client: DocumentClient) => new DynamoDbScoreStore(fresh.through(client, impatient));
  const expectAllScoredOnce = async (count: number) => {
    const articles = await probe.articles();
    expect(articles.filter(({ state }) => state === 'scored')).toHaveLength(count);
    expect(await probe.rollups()).toEqual(expectedRollups(articles));
  };

  it.each([
    ['throttles', [faults.throttle]],
    ['conflicts', [faults.conflict]],
    ['throttles inside of transactions', [faults.throttledTransaction]],
    ['requests still in progress', [faults.inProgress]],
    ['answers that are lost after the write succeeded', [faults.lostAnswer]],
    ['cancellations for several reasons at once', [faults.mixedReasons]],
    ['tables that cannot be reached', [faults.notReached]],
    ['answers lost because the connection ended', [faults.lostByReset]],
    ['answers lost because they took too long', [faults.lostByTimeout]],
    ['all of them', Object.values(faultsOfTransactions)],
  ] satisfies [string, Fault[]][])('neither lose a score nor count one twice: %s', async (_, chosen: readonly Fault[]) => {
    const count = chosen.length === 1 ? 60 : 480;
    await add(count);
    const client = new FaultyClient(fresh.client, chosen, 0.3, sequence(7));
    const told: string[] = [];
    for (let start = 0; start < count; start += 5) {
      told.push(...(await through(client).apply(scoresOf(count).slice(start, start + 5), NOW + HOUR)).map(({ articleId }) => articleId));
    }
    expect(Math.min(...chosen.map((fault) => client.injected(fault)))).toBeGreaterThan(1);
    expect(new Set(told).size).toBe(told.length);
    // After a lost answer followed by a cancellation, the score is stored but no caller knows that it set it.
    if (chosen.length === 1) expect(told).toHaveLength(count);
    await expectAllScoredOnce(count);
  });

  it('end in one clear error when they persist, and leave everything unchanged', async () => {
    await add(5);
    await expect(through(new FaultyClient(fresh.client, [faults.conflict], 1, sequence(1))).apply(scoresOf(5), NOW)).rejects.toThrow(StoreBusyError);
    await expectAllScoredOnce(0);
  });

  it('are retried one article at a time in the end', async () => {
    await add(10);
    const sizes: number[] = [];
    const client: DocumentClient = {
      send: (async (command: { input: { TransactItems?: { Put?: { Item?: { pk: string } } }[] } }) => {
        const articles = command.input.TransactItems?.filter(({ Put }) => Put?.Item?.pk.startsWith('A#')).length ?? 0;
        if (articles > 0) sizes.push(articles);
        if (articles > 1) throw faults.conflict.before();
        return (fresh.client.send as unknown as (one: unknown) => Promise<unknown>)(command);
      }) as unknown as DocumentClient['send'],
    };
    expect(await through(client).apply(scoresOf(10), NOW)).toHaveLength(10);
    expect(sizes.slice(-10)).toEqual(Array.from({ length: 10 }, () => 1));
    await expectAllScoredOnce(10);
  });

  it('let two scorers work on the same articles: each is scored and reported once', async () => {
    await add(60);
    const told = (await Promise.all([1, 2, 3].map(() => new DynamoDbScoreStore(fresh.table).apply(scoresOf(60), NOW)))).flat();
    expect(told.map(({ articleId }) => articleId).sort()).toEqual(
      scoresOf(60)
        .map(({ articleId }) => articleId)
        .sort(),
    );
    await expectAllScoredOnce(60);
  });

  it('report a score only to the caller that set it, though another sent the same request', async () => {
    await add(3);
    let first: readonly unknown[] | undefined;
    const late: DocumentClient = {
      send: (async (command: { constructor: { name: string } }) => {
        if (command.constructor.name === 'TransactWriteCommand') first ??= await new DynamoDbScoreStore(fresh.table).apply(scoresOf(3), NOW);
        return (fresh.client.send as unknown as (one: unknown) => Promise<unknown>)(command);
      }) as unknown as DocumentClient['send'],
    };
    expect(await through(late).apply(scoresOf(3), NOW)).toEqual([]);
    expect(first).toHaveLength(3);
    await expectAllScoredOnce(3);
  });

  it('let several scorers lease in parallel: no article goes to two', async () => {
    await add(40);
    const leases = await Promise.all(
      [1, 2, 3].map(() => new DynamoDbScoreStore(fresh.table).lease({ now: NOW + MINUTE, limit: 20, leaseMs: MINUTE, maxReceives: 5 })),
    );
    const ids = leases.flat().map(({ id }) => id);
    expect(new Set(ids).size).toBe(ids.length);
    expect(ids.length).toBeGreaterThanOrEqual(20);
  });

  it('keep a transaction under 90 actions, and several articles in one', async () => {
    await add(60);
    const sizes: number[] = [];
    const client: DocumentClient = {
      send: (async (command: { input: { TransactItems?: unknown[]; ClientRequestToken?: string } }) => {
        if (command.input.TransactItems) sizes.push(command.input.TransactItems.length);
        return (fresh.client.send as unknown as (one: unknown) => Promise<unknown>)(command);
      }) as unknown as DocumentClient['send'],
    };
    await through(client).apply(scoresOf(60), NOW);
    expect(Math.max(...sizes)).toBeLessThan(90);
    expect(sizes.length).toBeLessThan(8);
  });
});
