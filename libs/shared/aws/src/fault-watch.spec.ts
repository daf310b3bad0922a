import { DynamoDBClient, GetItemCommand } from '@aws-sdk/client-dynamodb';
import { ManualClock, MINUTE } from '@barometer/kernel';
import { AwsFault, FaultWatch } from './index';
import { failing, sdkError } from './testing/sdk-errors';

function setUp() {
  const lines: string[] = [];
  const clock = new ManualClock(0);
  const watch = new FaultWatch({ kind: 'table', name: 'news', setting: 'TABLE_NAME', log: (line) => lines.push(line), clock });
  const answers: (Error | undefined)[] = [];
  const client = new DynamoDBClient({ region: 'eu-central-1', credentials: { accessKeyId: 'a', secretAccessKey: 'b' } });
  failing(client, () => answers.shift());
  watch.observe(client);
  const use = (answer?: Error) => {
    answers.push(answer);
    return client.send(new GetItemCommand({ TableName: 'news', Key: {} })).catch((error: Error) => error);
  };
  return { lines, clock, watch, use };
}

const denied = sdkError('AccessDeniedException', 'User: arn:aws:sts::1:assumed-role/x/y is not authorized to perform: dynamodb:GetItem on resource: arn:aws:dynamodb:x');

describe('FaultWatch', () => {
  it.each([
    [sdkError('ResourceNotFoundException'), 'The table "news" does not exist: deploy the state stack to this account and region, or correct TABLE_NAME.'],
    [denied, 'AWS denies dynamodb:GetItem on the table "news": grant it to the role of this function.'],
    [sdkError('ExpiredTokenException'), 'The credentials for the table "news" have expired or are not valid (ExpiredTokenException): renew them.'],
    [sdkError('CredentialsProviderError'), 'The credentials for the table "news" have expired or are not valid (CredentialsProviderError): renew them.'],
    [Object.assign(new Error('connect'), { code: 'ECONNREFUSED' }), 'The table "news" did not answer in time or cannot be reached (ECONNREFUSED).'],
  ])('says %s in one clear line', async (error, line) => {
    const { lines, use } = setUp();
    const fault = await use(error);
    expect(fault).toBeInstanceOf(AwsFault);
    expect(fault).toMatchObject({ message: line, statusCode: 503, cause: error });
    expect((fault as AwsFault).publicMessage).not.toContain('news');
    expect(lines).toEqual([line]);
  });

  it('says a fault once, and again after the resource has answered', async () => {
    const { lines, use, watch } = setUp();
    await use(denied);
    await use(denied);
    expect(lines).toHaveLength(1);
    await use();
    expect(watch.fault).toBeUndefined();
    await use(denied);
    expect(lines).toHaveLength(2);
  });

  it('holds a fault against the resource for a minute only', async () => {
    const { watch, use, clock } = setUp();
    await use(denied);
    expect(watch.fault?.kind).toBe('denied');
    clock.advance(MINUTE);
    expect(watch.fault).toBeUndefined();
  });

  it('leaves alone what is about the request, and hands throttling on as it came', async () => {
    const { lines, watch, use } = setUp();
    const condition = sdkError('ConditionalCheckFailedException');
    expect(await use(condition)).toBe(condition);
    expect([lines, watch.fault]).toEqual([[], undefined]);
    const throttled = sdkError('ThrottlingException');
    expect(await use(throttled)).toBe(throttled);
    expect(throttled).toMatchObject({ name: 'ThrottlingException', statusCode: 503, publicMessage: 'The table takes no more requests at the moment.' });
    expect(watch.fault?.kind).toBe('busy');
  });
});
