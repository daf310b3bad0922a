import { createHash } from 'node:crypto';
import { startAwsStandIn, withEnvironment, type StandInAnswer } from '@barometer/aws/testing';
import { dashboardUnderTest } from './testing/dashboard-under-test';

const headers = { authorization: `Bearer bar_01234567_${'0123456789abcdef'.repeat(4)}` };
const denied =
  'User: arn:aws:sts::000000000000:assumed-role/x is not authorized to perform: dynamodb:GetItem on resource: arn:aws:dynamodb:eu-central-1:000000000000:table/news';

const faults: readonly (readonly [string, StandInAnswer, string, string])[] = [
  [
    'a missing table',
    { error: 'ResourceNotFoundException' },
    'error: The table "news" does not exist: deploy the state stack to this account and region, or correct TABLE_NAME.',
    'The table does not exist.',
  ],
  [
    'a denied permission',
    { error: 'AccessDeniedException', message: denied },
    'error: AWS denies dynamodb:GetItem on the table "news": grant it to the role of this function.',
    'AWS denies access to the table.',
  ],
  [
    'expired credentials',
    { error: 'ExpiredTokenException' },
    'error: The credentials for the table "news" have expired or are not valid (ExpiredTokenException): renew them.',
    'The credentials for the table have expired or are not valid.',
  ],
];

it.each(faults)('says %s in one clear line, and in /readyz without a name', async (_what, answer, line, detail) => {
  const aws = await startAwsStandIn(() => answer);
  try {
    await withEnvironment(aws.environment, async () => {
      const { ask, telemetry } = dashboardUnderTest();
      for (const path of ['/api/v1/mood', '/readyz']) {
        const { statusCode, body } = await ask('GET', path, { headers });
        expect([statusCode, JSON.parse(body)]).toEqual([503, expect.objectContaining({ detail, instance: path })]);
        expect(body).not.toContain('news');
      }
      expect(telemetry.lines).toEqual([line]);
      expect((await ask('GET', '/healthz')).statusCode).toBe(200);
    });
  } finally {
    await aws.close();
  }
});

/** A table that knows the key of `headers` and nothing else, and denies one operation. */
function denying(operation: string): Parameters<typeof startAwsStandIn>[0] {
  const digest = createHash('sha256').update(headers.authorization.slice('Bearer '.length)).digest('hex');
  const key = Object.fromEntries(Object.entries({ id: '01234567', name: 'operators', role: 'write', digest }).map(([name, word]) => [name, { S: word }]));
  return ({ headers: { 'x-amz-target': target } }, body) => {
    if (String(target).endsWith(`.${operation}`)) return { error: 'AccessDeniedException', message: denied.replace('GetItem', operation) };
    return { body: body.includes('01234567') ? { Item: key } : {} };
  };
}

it.each([
  ['Query', 'GET', '/api/v1/mood', undefined],
  ['TransactWriteItems', 'POST', '/api/v1/sources', { url: 'https://news.example/feed' }],
] as const)('keeps showing in /readyz that %s alone is denied, and logs it once', async (operation, method, path, body) => {
  const aws = await startAwsStandIn(denying(operation));
  try {
    await withEnvironment(aws.environment, async () => {
      const { ask, telemetry } = dashboardUnderTest();
      const message = `AWS denies dynamodb:${operation} on the table "news": grant it to the role of this function.`;
      for (const _request of [1, 2]) {
        expect((await ask(method, path, { headers, body })).statusCode).toBe(503);
        const ready = await ask('GET', '/readyz', { headers });
        expect([ready.statusCode, JSON.parse(ready.body)]).toEqual([
          503,
          { ready: false, parts: { store: { state: 'failed', message }, model: { state: 'ok' } } },
        ]);
      }
      expect(telemetry.lines).toEqual([`error: ${message}`]);
    });
  } finally {
    await aws.close();
  }
});

it('answers within its time limit where the table never does', async () => {
  const aws = await startAwsStandIn(() => 'never');
  try {
    await withEnvironment(aws.environment, async () => {
      const { ask } = dashboardUnderTest(undefined, { environment: { REQUEST_TIME_LIMIT_MS: '300' } });
      const { statusCode, body } = await ask('GET', '/api/v1/mood', { headers });
      expect([statusCode, JSON.parse(body)]).toEqual([503, expect.objectContaining({ detail: 'The server could not answer within its time limit.' })]);
    });
  } finally {
    await aws.close();
  }
}, 20_000);

it('tries a table that never answers twice, and says so well within its time limit', async () => {
  let asked = 0;
  const aws = await startAwsStandIn(() => {
    asked += 1;
    return 'never';
  });
  try {
    await withEnvironment(aws.environment, async () => {
      const { ask, telemetry } = dashboardUnderTest();
      const { statusCode, body } = await ask('GET', '/api/v1/mood', { headers });
      expect([statusCode, JSON.parse(body)]).toEqual([503, expect.objectContaining({ detail: 'The store did not answer in time or cannot be reached.' })]);
      expect([asked, telemetry.lines.length]).toEqual([2, 1]);
    });
  } finally {
    await aws.close();
  }
}, 20_000);
