import { DynamoDbTable } from '@barometer/storage-dynamodb';
import { CountingClient } from './counting-client';

function setUp() {
  const client = new CountingClient();
  return { client, table: new DynamoDbTable(client, 'counted') };
}
const key = (sk: string) => ({ pk: 'P', sk });

it('counts each started KB, twice in a transaction, and names the hottest item', async () => {
  const { client, table } = setUp();
  await table.put({ ...key('a'), text: 'x'.repeat(1_500) });
  await table.transact(
    [
      {
        Update: {
          TableName: 'counted',
          Key: key('b'),
          UpdateExpression: 'SET n = if_not_exists(n, :start) + :one ADD m :two',
          ExpressionAttributeValues: { ':start': 7, ':one': 1, ':two': 2 },
        },
      },
    ],
    'token',
  );
  expect(client.take()).toEqual([{ partition: 'P', writes: 4, reads: 0, hottestItem: 2 }]);
  expect(await table.get(key('b'))).toEqual({ ...key('b'), n: 8, m: 2 });
});

it('counts the copies in an index by the partition of the index', async () => {
  const { client, table } = setUp();
  const waiting = { waitingKey: 'pending', waitingSort: '1', id: 'x' };
  await table.put({ ...key('a'), ...waiting });
  await table.put(key('a'));
  expect(client.take()).toEqual([
    { partition: 'P', writes: 2, reads: 0, hottestItem: 2 },
    { partition: 'waiting: pending', writes: 2, reads: 0, hottestItem: 2 },
  ]);
});

it('counts reads in 4 KB, half for eventually consistent ones, and a unit for a missing item', async () => {
  const { client, table } = setUp();
  await table.writeAll([{ ...key('a'), text: 'x'.repeat(5_000) }, key('b')]);
  client.take();
  await table.all({ partition: 'P', consistent: true });
  await table.get(key('none'));
  expect(client.take()).toEqual([{ partition: 'P', writes: 0, reads: 2.5, hottestItem: 0 }]);
});

it('supports expression attribute names, and sets', async () => {
  const { table } = setUp();
  const add = (hour: number) =>
    table.update(key('o'), 'SET #ttl = :ttl ADD hours :hours', { names: { '#ttl': 'ttl' }, values: { ':ttl': 9, ':hours': new Set([hour]) } });
  await add(1);
  expect(await add(2)).toEqual({ ...key('o'), ttl: 9, hours: new Set([1, 2]) });
});

it('refuses unsupported requests', async () => {
  const { table } = setUp();
  await expect(table.update(key('a'), 'REMOVE n', {})).rejects.toThrow('This update is not understood: REMOVE n');
  await expect(table.update(key('a'), 'SET n = m - :one', { values: { ':one': 1 } })).rejects.toThrow('This update is not understood: n = m - :one');
  await expect(table.all({ partition: 'all', index: 'list' })).rejects.toThrow('No index can be read here: list.');
});
