import { randomUUID } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { CreateTableCommand, DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { CreateQueueCommand, DeleteMessageCommand, ReceiveMessageCommand, SendMessageCommand, SQSClient } from '@aws-sdk/client-sqs';
import { startSqsEmulator } from '@barometer/aws/testing';
import { AddSource } from '@barometer/ingestion';
import { DynamoDbSourceStore } from '@barometer/ingestion-dynamodb';
import { articleIdOf, systemClock } from '@barometer/kernel';
import { AddAccessKey } from '@barometer/reporting';
import { DynamoDbAccessKeys, DynamoDbReportStore } from '@barometer/reporting-dynamodb';
import { RedriveArticles } from '@barometer/sentiment';
import { DynamoDbScoreStore } from '@barometer/sentiment-dynamodb';
import { createTableInput, documentClient, DynamoDbTable } from '@barometer/storage-dynamodb';
import type { EventSourceSettings } from './event-source';
import { EventSourcePoller } from './event-source-poller';
import { FunctionHost } from './function-host';
import { FunctionPool } from './function-pool';
import { appBundle, testBundle } from './testing/bundle';
import { lethal, startStoryFeeds, unbearable } from './testing/story-feeds';

jest.setTimeout(300_000);

/** Attempts of the analysis, and how the queue feeds it: as deployed, but with waits that a test can bear. */
const ATTEMPTS = 3;
const source: EventSourceSettings = { batchSize: 10, batchWindowSeconds: 1, concurrency: 2, visibilitySeconds: 3, maxReceiveCount: ATTEMPTS + 1 };
const OVERDUE_SECONDS = 8;

const idOf = (number: number) => articleIdOf(`https://stories.example/${number}`);
const wait = (milliseconds: number) => new Promise((resolve) => setTimeout(resolve, milliseconds));

type Closer = () => unknown;
const closers: Closer[] = [];
afterAll(async () => {
  for (const close of closers.reverse()) await close();
});

/** The table, the queues, the feeds and what runs on them. */
async function setUp() {
  const folder = mkdtempSync(join(tmpdir(), 'barometer-pipeline-'));
  closers.push(() => rmSync(folder, { recursive: true }));
  const bundle = await testBundle('apps/analysis/src/testing/poisoned-main.ts', join(folder, 'analysis.cjs'));
  const sqs = await startSqsEmulator();
  closers.push(sqs.close);
  const client = new SQSClient(sqs.settings);
  closers.push(() => client.destroy());
  await client.send(new CreateQueueCommand({ QueueName: 'dead' }));
  const redrive = JSON.stringify({ deadLetterTargetArn: 'arn:aws:sqs:eu-central-1:000000000000:dead', maxReceiveCount: String(source.maxReceiveCount) });
  await client.send(new CreateQueueCommand({ QueueName: 'scoring', Attributes: { VisibilityTimeout: String(source.visibilitySeconds), RedrivePolicy: redrive } }));

  const endpoint = process.env['DYNAMODB_ENDPOINT'];
  if (endpoint === undefined) throw new Error('Run this as "npx nx integration-aws aws-local", which starts DynamoDB Local, or set DYNAMODB_ENDPOINT.');
  const dynamoDb = new DynamoDBClient({ endpoint, region: 'eu-central-1', credentials: { accessKeyId: 'local', secretAccessKey: 'local' } });
  closers.push(() => dynamoDb.destroy());
  const tableName = `barometer-${randomUUID()}`;
  await dynamoDb.send(new CreateTableCommand(createTableInput(tableName)));
  const table = new DynamoDbTable(documentClient(dynamoDb), tableName);

  const environment = {
    ENVIRONMENT: 'test', TABLE_NAME: tableName, AWS_ENDPOINT_URL_DYNAMODB: endpoint, AWS_ENDPOINT_URL_SQS: sqs.endpoint,
    SCORING_QUEUE_URL: sqs.urlOf('scoring'), DEAD_LETTER_QUEUE_URL: sqs.urlOf('dead'), ANALYSIS_FUNCTION: 'analysis',
    MAX_RECEIVES: String(ATTEMPTS), OVERDUE_SECONDS: String(OVERDUE_SECONDS), ALLOW_PRIVATE_SOURCES: '1',
  };
  const host = (name: string, file: string, more: Record<string, string> = {}) => {
    const made = new FunctionHost({ name, bundle: file, environment: { ...environment, ...more }, timeoutMs: 60_000 });
    closers.push(() => made.kill());
    return made;
  };
  return { sqs, client, table, host, bundle };
}

it('scores or fails every story, whatever is lost, repeated, poison or killed, and a redrive brings back what failed', async () => {
  const { sqs, client, table, host, bundle } = await setUp();
  const feeds = await startStoryFeeds();
  closers.push(feeds.close);
  const reports = new DynamoDbReportStore(table, systemClock);
  const addSource = new AddSource({ sources: new DynamoDbSourceStore(table), clock: systemClock });
  for (const url of feeds.urls) expect(await addSource.execute({ url })).toMatchObject({ ok: true });

  const ingestion = host('ingestion', appBundle('ingestion'));
  const tick = () => ingestion.invoke({});
  expect(await tick()).toMatchObject({ polled: { polled: feeds.urls.length, failed: 0, newArticles: feeds.stories } });

  // What a queue may do: lose messages, repeat them, and hold what nobody understands.
  const [lost, repeated] = [60, 20];
  for (let taken = 0; taken < lost + repeated; taken += 1) {
    const { Messages: [message] = [] } = await client.send(new ReceiveMessageCommand({ QueueUrl: sqs.urlOf('scoring'), VisibilityTimeout: taken < lost ? 60 : 0 }));
    if (taken < lost) await client.send(new DeleteMessageCommand({ QueueUrl: sqs.urlOf('scoring'), ReceiptHandle: message?.ReceiptHandle }));
    else await client.send(new SendMessageCommand({ QueueUrl: sqs.urlOf('scoring'), MessageBody: message?.Body }));
  }
  for (const body of ['{', '{"type":"Other"}', 'null']) await client.send(new SendMessageCommand({ QueueUrl: sqs.urlOf('scoring'), MessageBody: body }));

  const poisoned = new FunctionPool(Array.from({ length: source.concurrency }, () => host('analysis', bundle)));
  const lines: string[] = [];
  const killInTheMiddle = (batches: number) => void (batches === 5 && setTimeout(() => poisoned.hosts.forEach((one) => one.kill('killed by the test')), 30));
  let batches = 0;
  const invoke = (event: object) => {
    killInTheMiddle((batches += 1));
    return poisoned.invoke(event);
  };
  const poller = new EventSourcePoller({ ...source, client, queueUrl: sqs.urlOf('scoring'), invoke, log: (line) => lines.push(line) });
  poller.start();
  closers.push(() => poller.stop());
  await settle(reports, tick);
  expect(lines).toContainEqual(expect.stringContaining('killed by the test'));
  expect(lines).toContainEqual(expect.stringContaining('SIGKILL'));

  const poison = [...unbearable, ...lethal];
  const { pending, scored, failed } = await reports.status();
  expect({ pending, scored, failed }).toEqual({ pending: 0, scored: feeds.stories - poison.length, failed: poison.length });
  const reasonOf = async (number: number) => (await reports.article(idOf(number)))?.reason;
  const noAnswer = `No answer from the scorer after ${ATTEMPTS} deliveries.`;
  for (const number of lethal) expect(await reasonOf(number)).toBe(noAnswer);
  // One whose last attempt was cut off by somebody else's crash has that for its reason.
  for (const number of unbearable) expect(['The model cannot bear this text.', noAnswer]).toContain(await reasonOf(number));
  expect(await reports.check()).toEqual([]);
  expect(await reasonsIn(client, sqs.urlOf('dead'))).toEqual(expect.arrayContaining(['The body is not JSON.', expect.stringContaining('ArticleIngested')]));

  // With the cause mended, a redrive brings back what failed.
  await poller.stop();
  expect(await new RedriveArticles({ store: new DynamoDbScoreStore(table), clock: systemClock }).execute()).toBe(poison.length);
  const cured = host('analysis', bundle, { CURED: '1' });
  const second = new EventSourcePoller({ ...source, client, queueUrl: sqs.urlOf('scoring'), invoke: (event) => cured.invoke(event) });
  second.start();
  closers.push(() => second.stop());
  await settle(reports, tick);
  expect(await reports.status()).toMatchObject({ pending: 0, scored: feeds.stories, failed: 0 });
  expect(await reports.check()).toEqual([]);
  await expectDashboardSays(table, host('dashboard', appBundle('dashboard')), feeds.stories);
  await second.stop();
});

/** Ticks until nothing waits any more. */
async function settle(reports: DynamoDbReportStore, tick: () => Promise<unknown>): Promise<void> {
  for (const end = Date.now() + 150_000; Date.now() < end; await wait(1_000)) {
    await tick();
    if ((await reports.status()).pending === 0) return;
  }
}

async function reasonsIn(client: SQSClient, queueUrl: string): Promise<(string | undefined)[]> {
  const reasons: (string | undefined)[] = [];
  for (;;) {
    const { Messages: messages = [] } = await client.send(new ReceiveMessageCommand({ QueueUrl: queueUrl, MaxNumberOfMessages: 10, VisibilityTimeout: 60, MessageAttributeNames: ['All'] }));
    if (messages.length === 0) return reasons;
    reasons.push(...messages.map(({ MessageAttributes: attributes }) => attributes?.['reason']?.StringValue));
  }
}

async function expectDashboardSays(table: DynamoDbTable, dashboard: FunctionHost, scored: number): Promise<void> {
  const { key } = await new AddAccessKey({ keys: new DynamoDbAccessKeys(table), clock: systemClock }).execute({ name: 'test', role: 'read' });
  const answer = await dashboard.invoke({
    version: '2.0', rawPath: '/api/v1/status', rawQueryString: '', headers: { host: 'x.lambda-url.eu-central-1.on.aws', authorization: `Bearer ${key}` },
    requestContext: { http: { method: 'GET', path: '/api/v1/status', sourceIp: '203.0.113.9' } }, isBase64Encoded: false,
  }) as { statusCode: number; body: string };
  expect([answer.statusCode, JSON.parse(answer.body)]).toEqual([200, expect.objectContaining({ waiting: 0, counts: expect.objectContaining({ scored }) })]);
}
