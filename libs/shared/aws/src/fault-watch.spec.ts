import { DynamoDBClient, GetItemCommand, QueryCommand, TransactWriteItemsCommand, type TransactWriteItem } from '@aws-sdk/client-dynamodb';
import { ManualClock, MINUTE } from '@barometer/kernel';
import { AwsFault, FaultWatch, faultBehind } from './index';
import { answering, sdkError } from './testing/sdk-errors';

function setUp(options: { readonly holdMs?: number } = {}) {
  const lines: string[] = [];
  const clock = new ManualClock(0);
  const watch = new FaultWatch({ kind: 'table', name: 'news', setting: 'TABLE_NAME', report: ({ message }) => lines.push(message), clock, ...options });
  let answer: Error | undefined;
  const client = new DynamoDBClient({ region: 'eu-central-1', credentials: { accessKeyId: 'a', secretAccessKey: 'b' } });
  answering(client, () => {
    if (answer) throw answer;
    return {};
  });
  watch.observe(client);
  const by = (send: () => Promise<unknown>) => (given?: Error) => {
    answer = given;
    return send().catch((error: Error) => error);
  };
  const query = (IndexName?: string) => by(() => client.send(new QueryCommand({ TableName: 'news', ...(IndexName !== undefined && { IndexName }) })));
  const transact = (...TransactItems: TransactWriteItem[]) => by(() => client.send(new TransactWriteItemsCommand({ TransactItems })));
  const use = by(() => client.send(new GetItemCommand({ TableName: 'news', Key: {} })));
  return { lines, clock, watch, use, query, transact };
}

const deniedTo = (action: string) =>
  sdkError('AccessDeniedException', `User: arn:aws:sts::1:assumed-role/x/y is not authorized to perform: ${action} on resource: arn:aws:dynamodb:x`);
const denied = deniedTo('dynamodb:GetItem');

describe('FaultWatch', () => {
  it.each([
    [sdkError('ResourceNotFoundException'), 'The table "news" does not exist: deploy the state stack to this account and region, or correct TABLE_NAME.'],
    [denied, 'AWS denies dynamodb:GetItem on the table "news": grant it to the role of this function.'],
    [sdkError('ExpiredTokenException'), 'The credentials for the table "news" have expired or are not valid (ExpiredTokenException): renew them.'],
    [sdkError('CredentialsProviderError'), 'The credentials for the table "news" have expired or are not valid (CredentialsProviderError): renew them.'],
  ])('reports %s in one clear line', async (error, line) => {
    const { lines, use } = setUp();
    const fault = await use(error);
    expect(fault).toBeInstanceOf(AwsFault);
    expect(fault).toMatchObject({ message: line, statusCode: 503, cause: error });
    expect((fault as AwsFault).publicMessage).not.toContain('news');
    expect(lines).toEqual([line]);
  });

  it('reports a fault once, and again after the resource has answered', async () => {
    const { lines, use, watch } = setUp();
    await use(denied);
    await use(denied);
    expect(lines).toHaveLength(1);
    await use();
    expect(watch.fault).toBeUndefined();
    await use(denied);
    expect(lines).toHaveLength(2);
  });

  it.each([
    ['a denied query', deniedTo('dynamodb:Query')],
    ['a missing index', sdkError('ResourceNotFoundException')],
  ])('keeps %s until a query succeeds, whatever else succeeds', async (_what, error) => {
    const { watch, lines, use, query, clock } = setUp();
    for (let request = 0; request < 3; request += 1) {
      await use();
      await query()(error);
      await use();
      clock.advance(MINUTE);
    }
    expect([watch.fault?.message, lines]).toEqual([lines[0], [expect.stringContaining('"news"')]]);
    await query()();
    expect(watch.fault).toBeUndefined();
    await query()(error);
    expect(lines).toHaveLength(2);
  });

  it('tracks the use of an index separately from that of the table, and each kind of write in a transaction', async () => {
    const { watch, lines, query, transact } = setUp();
    await query('list')(deniedTo('dynamodb:Query'));
    await query()();
    expect(watch.fault?.kind).toBe('denied');
    await query('list')();
    const key = { Key: {}, TableName: 'news' };
    await transact({ Put: { Item: {}, TableName: 'news' } }, { Delete: key })(deniedTo('dynamodb:PutItem'));
    await transact({ Delete: key })();
    expect(watch.fault?.message).toContain('dynamodb:PutItem');
    await transact({ Delete: key }, { Put: { Item: {}, TableName: 'news' } })(sdkError('TransactionCanceledException'));
    expect(watch.fault).toBeUndefined();
    await transact({ Delete: key })(
      Object.assign(sdkError('TransactionCanceledException'), { CancellationReasons: [{ Code: 'None' }, { Code: 'AccessDenied' }] }),
    );
    expect([watch.fault?.kind, lines.length]).toEqual(['denied', 3]);
  });

  it('can have several faults at a time, and reports each once', async () => {
    const { watch, lines, use, query } = setUp();
    for (let request = 0; request < 2; request += 1) {
      await use(denied);
      await query()(deniedTo('dynamodb:Query'));
    }
    expect(lines).toHaveLength(2);
    expect(watch.fault?.message).toContain('dynamodb:Query');
    await query()();
    expect(watch.fault?.message).toContain('dynamodb:GetItem');
  });

  it('reports a missing table once, whatever the request, and ends a credentials fault with any answer', async () => {
    const { watch, lines, use, query } = setUp();
    await use(sdkError('ResourceNotFoundException'));
    await query()(sdkError('ResourceNotFoundException'));
    expect(lines).toHaveLength(1);
    await Promise.all([use(), query()()]);
    await use(sdkError('ExpiredTokenException'));
    await query()();
    expect(watch.fault).toBeUndefined();
  });

  it('allows another attempt after a while if set to', async () => {
    const { watch, lines, use, clock } = setUp({ holdMs: MINUTE });
    await use(denied);
    expect(watch.fault?.kind).toBe('denied');
    clock.advance(MINUTE);
    expect(watch.fault).toBeUndefined();
    await use(denied);
    expect(lines).toHaveLength(1);
  });

  it('ignores errors of the request itself, and requests that the caller aborted', async () => {
    const { lines, watch, use } = setUp();
    for (const error of [sdkError('ConditionalCheckFailedException'), sdkError('AbortError')]) expect(await use(error)).toBe(error);
    expect([lines, watch.fault]).toEqual([[], undefined]);
    await use(denied);
    await use(sdkError('AbortError'));
    expect(watch.fault?.kind).toBe('denied');
  });

  it.each([
    ['throttling', 'busy', sdkError('ThrottlingException'), 'The table takes no more requests at the moment.'],
    ['a lost answer', 'unreachable', sdkError('TimeoutError'), 'The table did not answer in time or cannot be reached.'],
    [
      'a refused connection',
      'unreachable',
      Object.assign(new Error('connect'), { code: 'ECONNREFUSED' }),
      'The table did not answer in time or cannot be reached.',
    ],
  ])('passes %s on unchanged, for callers that retry, and reports it once a minute', async (_what, kind, error, publicMessage) => {
    const { lines, watch, use, clock } = setUp();
    for (let request = 0; request < 3; request += 1) {
      expect(await use(error)).toBe(error);
      expect(watch.fault?.kind).toBe(kind);
      await use();
      expect(watch.fault).toBeUndefined();
    }
    expect(error).toMatchObject({ statusCode: 503, publicMessage });
    expect(faultBehind(new Error('no store', { cause: error }))?.kind).toBe(kind);
    expect(lines).toHaveLength(1);
    clock.advance(MINUTE);
    await use(error);
    expect(lines).toHaveLength(2);
    clock.advance(MINUTE);
    expect(watch.fault).toBeUndefined();
  });
});
