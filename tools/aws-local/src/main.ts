import { existsSync, readFileSync } from 'node:fs';
import type { Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { CreateQueueCommand, SQSClient } from '@aws-sdk/client-sqs';
// eslint-disable-next-line no-restricted-imports -- this is a test host: it starts what tests start
import { startSqsEmulator } from '@barometer/aws/testing';
import { parse } from 'yaml';
// eslint-disable-next-line @nx/enforce-module-boundaries -- the one script that tests and this host start it by
import { startDynamoDbLocal } from '../../dynamodb-local/dynamodb-local.cjs';
import { readEventSource, type EventSourceSettings } from './event-source';
import { EventSourcePoller } from './event-source-poller';
import { functionUrl, lambdaApi } from './front-doors';
import { FunctionHost } from './function-host';
import { FunctionPool } from './function-pool';
import { localCredentials, prepareTable } from './local-table';

// Runs the three functions as on AWS, over parts of this computer: `npm run aws:local`.
const ROOT = join(__dirname, '../../..');
const TEMPLATES = join(ROOT, 'dist/infra/dev');
const TABLE = 'barometer-local-store';
const MINUTE = 60_000;
const MODEL = join(ROOT, 'models/barometer-distilbert-news');

const say = (line: string) => void process.stdout.write(`${line}\n`);

async function main(): Promise<void> {
  const source = eventSource();
  const dynamoDb = await startDynamoDbLocal();
  const sqs = await startSqsEmulator();
  const client = new SQSClient({ endpoint: sqs.endpoint, ...localCredentials });
  await createQueues(client, source);
  const key = await prepareTable(dynamoDb.endpoint, TABLE, parse(readFileSync(join(ROOT, 'config/sources.yaml'), 'utf8')));

  const api = lambdaApi({ analysis: (event) => analysis.invoke(event) });
  const environment = {
    ENVIRONMENT: 'local', TABLE_NAME: TABLE, AWS_ENDPOINT_URL_DYNAMODB: dynamoDb.endpoint, AWS_ENDPOINT_URL_SQS: sqs.endpoint, AWS_ENDPOINT_URL_LAMBDA: await listen(api),
    SCORING_QUEUE_URL: sqs.urlOf('scoring'), DEAD_LETTER_QUEUE_URL: sqs.urlOf('dead'), ANALYSIS_FUNCTION: 'analysis', MODEL_DIR: MODEL, WEB_ROOT: join(ROOT, 'dist/apps/web'),
    MAX_RECEIVES: String(source.maxReceiveCount - 1),
  };
  const pool = (app: string, size: number, timeoutMs: number) =>
    new FunctionPool(Array.from({ length: size }, () => new FunctionHost({ name: app, bundle: bundleOf(app), environment, timeoutMs, log: say })));
  const ingestion = pool('ingestion', 1, 1.5 * MINUTE);
  const analysis = pool('analysis', source.concurrency, MINUTE);
  const dashboard = pool('dashboard', 1, MINUTE / 3);

  const poller = new EventSourcePoller({ ...source, client, queueUrl: sqs.urlOf('scoring'), invoke: (event) => analysis.invoke(event), log: say });
  poller.start();
  const tick = () => void ingestion.invoke({}).catch((error: unknown) => say(`the tick failed: ${String(error)}`));
  const schedule = setInterval(tick, MINUTE);
  tick();
  const page = functionUrl((event) => dashboard.invoke(event));
  say(`Barometer on local AWS parts: ${await listen(page, Number(process.env['PORT'] ?? 4610))}\nSign in with the key ${key}\nCtrl-C ends it.`);

  await new Promise((resolve) => ['SIGINT', 'SIGTERM'].forEach((signal) => process.once(signal, resolve)));
  clearInterval(schedule);
  for (const server of [page, api]) server.close().closeAllConnections();
  for (const functions of [ingestion, analysis, dashboard]) functions.close();
  await poller.stop();
  await Promise.all([sqs.close(), dynamoDb.stop()]);
}

/** As the synthesised templates have it. */
function eventSource(): EventSourceSettings {
  const files = ['analysis', 'state'].map((stack) => join(TEMPLATES, `barometer-dev-${stack}.template.json`));
  const missing = files.find((file) => !existsSync(file));
  if (missing) throw new Error(`${missing} is missing: run "npx nx run infra:synth" first.`);
  return readEventSource(files.map((file) => JSON.parse(readFileSync(file, 'utf8')) as Parameters<typeof readEventSource>[0][number]));
}

function bundleOf(app: string): string {
  const path = join(ROOT, 'dist/apps', app, 'main.cjs');
  if (!existsSync(path)) throw new Error(`${path} is missing: run "npx nx run-many -t build" first.`);
  return path;
}

async function createQueues(client: SQSClient, { visibilitySeconds, maxReceiveCount }: EventSourceSettings): Promise<void> {
  await client.send(new CreateQueueCommand({ QueueName: 'dead' }));
  const redrive = JSON.stringify({ deadLetterTargetArn: 'arn:aws:sqs:eu-central-1:000000000000:dead', maxReceiveCount: String(maxReceiveCount) });
  await client.send(new CreateQueueCommand({ QueueName: 'scoring', Attributes: { VisibilityTimeout: String(visibilitySeconds), RedrivePolicy: redrive } }));
}

async function listen(server: Server, port = 0): Promise<string> {
  await new Promise<void>((resolve, reject) => void server.once('error', reject).listen(port, '127.0.0.1', resolve));
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
}

main().then(() => process.exit(0), (error: unknown) => {
  process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`);
  process.exit(1);
});
