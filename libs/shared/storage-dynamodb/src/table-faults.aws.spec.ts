import { randomUUID } from 'node:crypto';
import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { DeleteTableCommand, DescribeTimeToLiveCommand, DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { StoreError } from '@barometer/kernel';
import {
  clientConfig,
  documentClient,
  DynamoDbTable,
  ensureTable,
  hasTable,
  SCHEMA_VERSION,
  articleOf,
  StoreBusyError,
  StoreCredentialsError,
  StoreDeniedError,
  StoreMissingError,
  StoreUnreachableError,
  StoreVersionError,
  type DocumentClient,
} from './index';
import { FaultyClient, faults, freshTable, localClient, sequence, type FreshTable } from './testing';

jest.setTimeout(120_000);

const failing = (name: string): DocumentClient => ({
  send: (async () => {
    throw Object.assign(new Error('User: arn:… is not authorized'), { name });
  }) as unknown as DocumentClient['send'],
});
const quick = { sleep: async () => undefined, random: sequence(2) };
const key = { pk: 'x', sk: 'y' };

describe('a table that cannot be used', () => {
  it.each([
    ['AccessDeniedException', StoreDeniedError, 'permission'],
    ['ExpiredTokenException', StoreCredentialsError, 'credentials'],
    ['UnrecognizedClientException', StoreCredentialsError, 'credentials'],
    ['CredentialsProviderError', StoreCredentialsError, 'credentials'],
    ['ThrottlingException', StoreBusyError, 'busy'],
    ['TimeoutError', StoreUnreachableError, 'answer'],
  ])('says so in one sentence for any request: %s', async (name, type, word) => {
    const table = new DynamoDbTable(failing(name), 'barometer', quick);
    const requests = [
      () => table.get(key),
      () => table.put({ ...key }),
      () => table.update(key, 'ADD n :one', {}),
      () => table.all({ partition: 'x' }),
      () => table.writeAll([{ ...key }]),
      ...(type === StoreBusyError ? [] : [() => table.transact([], 'token')]),
    ];
    for (const request of requests) {
      const error = await request().then(
        () => undefined,
        (thrown: unknown) => thrown,
      );
      expect(error).toBeInstanceOf(type);
      expect(error).toBeInstanceOf(StoreError);
      expect((error as Error).message).toMatch(new RegExp(`barometer.*${word}|${word}.*barometer`));
      expect((error as Error).message).not.toMatch(/arn|\n/);
    }
  });

  it('is missing, or has been deleted', async () => {
    const { table, close } = await freshTable();
    await close();
    await expect(table.get(key)).rejects.toThrow(StoreMissingError);
    await expect(table.all({ index: 'list', partition: 'x' })).rejects.toThrow(StoreMissingError);
    await expect(table.transact([{ Put: { TableName: table.name, Item: { ...key } } }], 'token')).rejects.toThrow(StoreMissingError);
    await expect(table.writeAll([{ ...key }])).rejects.toThrow(StoreMissingError);
    await expect(localClient().send(new DeleteTableCommand({ TableName: table.name }))).rejects.toThrow();
  });

  it('does not answer at its address', async () => {
    const settings = {
      ...clientConfig({ endpoint: 'http://127.0.0.1:9', attempts: 1 }),
      region: 'eu-central-1',
      credentials: { accessKeyId: 'a', secretAccessKey: 'b' },
    };
    const table = new DynamoDbTable(documentClient(new DynamoDBClient(settings)), 'barometer', quick);
    await expect(table.get(key)).rejects.toThrow(StoreUnreachableError);
  });

  it('takes the request and never answers', async () => {
    const server = createServer(() => undefined).listen(0, '127.0.0.1');
    await once(server, 'listening');
    const endpoint = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
    const settings = {
      ...clientConfig({ endpoint, requestTimeoutMs: 200, attempts: 2 }),
      region: 'eu-central-1',
      credentials: { accessKeyId: 'a', secretAccessKey: 'b' },
    };
    const table = new DynamoDbTable(documentClient(new DynamoDBClient(settings)), 'barometer', quick);
    const begun = Date.now();
    await expect(table.get(key)).rejects.toThrow(StoreUnreachableError);
    expect(Date.now() - begun).toBeLessThan(10_000);
    server.closeAllConnections();
    server.close();
  });

  it('has no region', async () => {
    const region = async () => {
      throw new Error('Region is missing');
    };
    const table = new DynamoDbTable(
      documentClient(new DynamoDBClient({ ...clientConfig({ attempts: 1 }), region, credentials: { accessKeyId: 'a', secretAccessKey: 'b' } })),
      'barometer',
      quick,
    );
    await expect(table.get(key)).rejects.toMatchObject({ name: 'StoreError', message: 'The region of the table barometer is not known: set AWS_REGION.' });
  });

  it('names the denied action', async () => {
    const message =
      'User: arn:aws:iam::000000000000:user/me is not authorized to perform: dynamodb:Query on resource: arn:aws:dynamodb:eu-central-1:000000000000:table/barometer';
    const denying: DocumentClient = {
      send: (async () => {
        throw Object.assign(new Error(message), { name: 'AccessDeniedException' });
      }) as unknown as DocumentClient['send'],
    };
    await expect(new DynamoDbTable(denying, 'barometer', quick).get(key)).rejects.toThrow(
      'There is no permission for dynamodb:Query on the table barometer: grant it to whoever runs this.',
    );
  });

  it('holds items of a newer version', () => {
    expect(() => articleOf({ pk: 'A#x', v: SCHEMA_VERSION + 1 })).toThrow(StoreVersionError);
  });
});

describe('a table that is created if missing', () => {
  it('exists afterwards, once, with its time to live', async () => {
    const name = `barometer-${randomUUID()}`;
    const client = localClient();
    expect(await hasTable(client, name)).toBe(false);
    await Promise.all([ensureTable(client, name), ensureTable(client, name)]);
    await ensureTable(client, name);
    expect(await hasTable(client, name)).toBe(true);
    const table = new DynamoDbTable(documentClient(client), name, quick);
    expect(await table.put({ ...key })).toBe(true);
    expect((await client.send(new DescribeTimeToLiveCommand({ TableName: name }))).TimeToLiveDescription).toMatchObject({
      AttributeName: 'ttl',
      TimeToLiveStatus: 'ENABLED',
    });
    await client.send(new DeleteTableCommand({ TableName: name }));
  });
});

describe('batches', () => {
  let fresh: FreshTable;
  beforeEach(async () => (fresh = await freshTable()));
  afterEach(() => fresh.close());

  const items = Array.from({ length: 120 }, (_, index) => ({ pk: 'batch', sk: String(index).padStart(4, '0'), n: index }));

  it('are written completely though each request leaves half unprocessed', async () => {
    const client = new FaultyClient(fresh.client, [faults.unprocessed, faults.throttle], 0.6, sequence(3));
    await fresh.through(client, quick).writeAll(items);
    expect(await fresh.table.all({ partition: 'batch', consistent: true })).toEqual(items);
    for (const fault of [faults.unprocessed, faults.throttle]) expect(client.injected(fault)).toBeGreaterThan(1);
  });

  it('report how many items were not written if that does not end', async () => {
    const client = new FaultyClient(fresh.client, [{ on: () => true, leave: 1 }], 1, sequence(1));
    await expect(fresh.through(client, quick).writeAll(items)).rejects.toThrow(/25 of 25 items were not written/);
  });
});
