import { cp, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { FaultWatch } from '@barometer/aws';
import { documentClient, DynamoDbTable } from '@barometer/storage-dynamodb';
import { failing, lambdaContext, RecordingTelemetry, sdkError, startAwsStandIn, withEnvironment, type StandInAnswer } from '@barometer/aws/testing';
import { composeAnalysis } from './composition-root';
import { createHandler } from './handler';
import { loadModel } from './load-model';
import { testSettings } from './testing/settings';
import { tokens } from './tokens';

const body = JSON.stringify({ type: 'ArticleIngested', version: 1, articleId: 'a'.repeat(26), storedAt: 1 });
const batch = { Records: [{ messageId: 'm1', body, attributes: { ApproximateReceiveCount: '1' } }] };
const denied =
  'User: arn:aws:sts::000000000000:assumed-role/x is not authorized to perform: dynamodb:GetItem on resource: arn:aws:dynamodb:eu-central-1:000000000000:table/news';

const faults: readonly (readonly [string, StandInAnswer, string])[] = [
  [
    'a missing table',
    { error: 'ResourceNotFoundException' },
    'The table "news" does not exist: deploy the state stack to this account and region, or correct TABLE_NAME.',
  ],
  [
    'a denied permission',
    { error: 'AccessDeniedException', message: denied },
    'AWS denies dynamodb:GetItem on the table "news": grant it to the role of this function.',
  ],
  [
    'expired credentials',
    { error: 'ExpiredTokenException' },
    'The credentials for the table "news" have expired or are not valid (ExpiredTokenException): renew them.',
  ],
];

it.each(faults)('leaves it to the runtime to log %s in one clear line, and returns the batch to the queue', async (_what, answer, line) => {
  const aws = await startAwsStandIn(() => answer);
  try {
    await withEnvironment(aws.environment, async () => {
      const telemetry = new RecordingTelemetry<'analysis'>();
      const container = composeAnalysis({ settings: testSettings(), telemetry });
      container.get(tokens.classifier).ready = async () => undefined;
      const handler = createHandler({
        scoreDeliveries: container.get(tokens.scoreDeliveries),
        scoreTexts: container.get(tokens.scoreTexts),
        deadLetters: container.get(tokens.deadLetters),
        telemetry,
      });
      await expect(handler(batch, lambdaContext('analysis'))).rejects.toMatchObject({ name: 'AwsFault', message: line });
      expect(telemetry.lines.filter((one) => one.startsWith('error'))).toEqual([]);
    });
  } finally {
    await aws.close();
  }
});

it("keeps what the table's own retry needs to recognise lost answers", async () => {
  const client = new DynamoDBClient({ region: 'eu-central-1', credentials: { accessKeyId: 'local', secretAccessKey: 'local' } });
  let asked = 0;
  failing(client, () => {
    asked += 1;
    return sdkError('TimeoutError');
  });
  const watch = new FaultWatch({ kind: 'table', name: 'news', setting: 'TABLE_NAME', report: () => undefined });
  watch.observe(client);
  const table = new DynamoDbTable(documentClient(client), 'news', { sleep: async () => undefined, random: () => 0 });
  await expect(table.transact([{ Put: { TableName: 'news', Item: { pk: 'x', sk: 'y' } } }], 'token')).rejects.toMatchObject({ name: 'StoreUnreachableError' });
  expect([asked, watch.fault?.kind]).toEqual([4, 'unreachable']);
});

it('ends a cold start whose model has another hash than its manifest says, with one clear line', async () => {
  const directory = await mkdtemp(join(tmpdir(), 'barometer-model-'));
  await cp(join(__dirname, '../../../models/barometer-distilbert-news'), directory, { recursive: true });
  await writeFile(join(directory, 'config.json'), '{}');
  try {
    const telemetry = new RecordingTelemetry<'analysis'>();
    const container = composeAnalysis({ settings: testSettings({ MODEL_DIR: directory }), telemetry });
    const codes: number[] = [];
    await loadModel(container.get(tokens.classifier), telemetry, (code) => codes.push(code));
    expect(codes).toEqual([1]);
    expect(telemetry.lines).toEqual([
      expect.stringMatching(
        /^error: The model in \S+ cannot be used: config\.json has 2 bytes instead of \d+; package and deploy this function again, or let MODEL_DIR name a complete model in it\.$/,
      ),
    ]);
  } finally {
    await rm(directory, { recursive: true });
  }
});
