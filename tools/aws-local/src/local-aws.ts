import type { Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { CreateTableCommand, DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { CreateQueueCommand, SQSClient } from '@aws-sdk/client-sqs';
import { LocalParts, prepareFunction, readArtifact } from '@barometer/lambda-runtime';
import { documentClient, DynamoDbTable } from '@barometer/storage-dynamodb';
import { apps, type AppName, type Deployment } from './deployment';
import { EventSourcePoller } from './event-source-poller';
import { functionUrl, lambdaApi } from './front-doors';
import { FunctionPool } from './function-pool';
import { dynamoDbNeeds, lambdaNeeds, permissionGate, sqsNeeds } from './permission-gate';
import { pseudoParameters } from './template';

interface LocalAwsOptions {
  /** The workspace; its dist/lambdas contains the artefacts. */
  readonly root: string;
  readonly deployment: Deployment;
  /** Added to every function's environment, overriding the templates. */
  readonly settings?: Readonly<Record<string, string>>;
  /** A running DynamoDB; by default one is started. */
  readonly dynamoDb?: string;
  /** The port of the page; a free one by default. */
  readonly port?: number;
  readonly log: (line: string) => void;
  /** Called with every answer that a function gets from a service. */
  readonly onAnswer?: (answer: ServiceAnswer) => void;
}

/** An answer of a stand-in for an AWS service. */
export interface ServiceAnswer {
  readonly app: AppName;
  readonly service: 'dynamodb' | 'sqs' | 'lambda';
  /** The kind of a refusal, such as `TransactionCanceledException`; absent for a success. */
  readonly error?: string;
}

/** The running system. The poller must be started by the caller, and there is no schedule: the caller invokes `functions.ingestion`. */
export interface LocalAws {
  readonly table: DynamoDbTable;
  readonly queues: SQSClient;
  readonly scoringQueueUrl: string;
  readonly deadLetterQueueUrl: string;
  readonly functions: Readonly<Record<AppName, FunctionPool>>;
  /** Feeds Analysis from the queue. */
  readonly poller: EventSourcePoller;
  /** A function's environment, with the addresses of all stand-ins for AWS. */
  environmentOf(app: AppName): Readonly<Record<string, string>>;
  /** Takes the place of the dashboard's Function URL. */
  readonly address: string;
  close(): Promise<void>;
}

type Closers = (() => unknown)[];

const region = pseudoParameters['AWS::Region'] ?? '';
const account = pseudoParameters['AWS::AccountId'] ?? '';
const at = (endpoint: string) => ({ endpoint, region, credentials: { accessKeyId: 'local', secretAccessKey: 'local' } });

/**
 * Starts on this computer what the templates would deploy: the table, the queues, the three packaged artefacts under
 * the runtime client, the poller between them, and the front doors. If something fails, stops what it started; throws
 * `MissingPart` if this computer lacks something.
 */
export async function startLocalAws(options: LocalAwsOptions): Promise<LocalAws> {
  const closers: Closers = [];
  const close = async () => {
    for (const one of closers.splice(0).reverse()) await one();
  };
  try {
    return { ...(await open(options, closers)), close };
  } catch (error) {
    await close();
    throw error;
  }
}

async function open(options: LocalAwsOptions, closers: Closers): Promise<Omit<LocalAws, 'close'>> {
  const { deployment, log, settings, port } = options;
  const parts = new LocalParts();
  closers.push(() => parts.close());
  const [dynamoDb, sqs] = await Promise.all([options.dynamoDb ?? parts.dynamoDb(), parts.queues()]);
  const table = await createTable(dynamoDb, deployment, settings?.['TABLE_NAME'] ?? deployment.table.TableName, closers);
  const queues = new SQSClient(at(sqs));
  closers.push(() => queues.destroy());
  await createQueues(queues, deployment);

  const invocations = lambdaApi(Object.fromEntries(apps.map((app) => [deployment.functions[app].name, (event: unknown) => functions[app].invoke(event)])));
  const lambda = await listen(invocations, 0, closers);
  const standIns = {} as Record<AppName, Awaited<ReturnType<typeof openGates>>>;
  for (const app of apps) standIns[app] = await openGates(options, app, { dynamoDb, sqs, lambda }, closers);
  const environmentOf = (app: AppName) => {
    const fromTemplate = Object.entries(deployment.functions[app].environment).map(([name, value]) => [
      name,
      value.replace(SQS, standIns[app].AWS_ENDPOINT_URL_SQS),
    ]);
    return { ...Object.fromEntries(fromTemplate), ...standIns[app], ...settings } as Readonly<Record<string, string>>;
  };
  const functions = await prepareFunctions(options, environmentOf, closers);

  const urlOf = (name: string) => `${sqs}/${account}/${name}`;
  const poller = new EventSourcePoller({
    ...deployment.eventSource,
    client: queues,
    queueUrl: urlOf(deployment.scoringQueue),
    invoke: (event) => functions.analysis.invoke(event),
    log,
  });
  closers.push(() => poller.stop());
  const address = await listen(
    functionUrl((event) => functions.dashboard.invoke(event)),
    port ?? 0,
    closers,
  );
  return {
    table,
    queues,
    functions,
    poller,
    environmentOf,
    address,
    scoringQueueUrl: urlOf(deployment.scoringQueue),
    deadLetterQueueUrl: urlOf(deployment.deadLetterQueue),
  };
}

/** The stand-ins for AWS's services as a function sees them: behind gates that check the permissions of its role. */
async function openGates(
  { deployment, settings, log, onAnswer }: LocalAwsOptions,
  app: AppName,
  { dynamoDb, sqs, lambda }: Record<'dynamoDb' | 'sqs' | 'lambda', string>,
  closers: Closers,
) {
  const { may } = deployment.functions[app];
  const gate = (service: ServiceAnswer['service'], upstream: string, needsOf: Parameters<typeof permissionGate>[0]['needsOf']) =>
    listen(
      permissionGate({
        upstream,
        needsOf,
        may,
        log: (line) => log(`${app}: ${line}`),
        ...(onAnswer && { onAnswer: (error) => onAnswer({ app, service, ...(error !== undefined && { error }) }) }),
      }),
      0,
      closers,
    );
  return {
    AWS_ENDPOINT_URL_DYNAMODB: await gate(
      'dynamodb',
      dynamoDb,
      dynamoDbNeeds((table) => (table === settings?.['TABLE_NAME'] ? deployment.table.TableName : table)),
    ),
    AWS_ENDPOINT_URL_SQS: await gate('sqs', sqs, sqsNeeds),
    AWS_ENDPOINT_URL_LAMBDA: await gate('lambda', lambda, lambdaNeeds),
    AWS_ENDPOINT_URL_SECRETS_MANAGER: lambda,
  };
}

/** The address of SQS in the queue URLs that the templates give to functions. */
const SQS = `https://sqs.${region}.${pseudoParameters['AWS::URLSuffix']}`;

async function createTable(endpoint: string, { table }: Deployment, name: string, closers: Closers): Promise<DynamoDbTable> {
  const client = new DynamoDBClient(at(endpoint));
  closers.push(() => client.destroy());
  await client.send(new CreateTableCommand({ ...table, TableName: name }));
  return new DynamoDbTable(documentClient(client), name);
}

async function createQueues(client: SQSClient, { scoringQueue, deadLetterQueue, eventSource }: Deployment): Promise<void> {
  await client.send(new CreateQueueCommand({ QueueName: deadLetterQueue }));
  const redrive = JSON.stringify({
    deadLetterTargetArn: `arn:aws:sqs:${region}:${account}:${deadLetterQueue}`,
    maxReceiveCount: String(eventSource.maxReceiveCount),
  });
  await client.send(
    new CreateQueueCommand({ QueueName: scoringQueue, Attributes: { VisibilityTimeout: String(eventSource.visibilitySeconds), RedrivePolicy: redrive } }),
  );
}

async function prepareFunctions(
  { root, deployment, log }: LocalAwsOptions,
  environmentOf: LocalAws['environmentOf'],
  closers: Closers,
): Promise<LocalAws['functions']> {
  const pool = async (app: AppName) => {
    const host = await prepareFunction(await readArtifact(root, app), root, log);
    log(`${app} runs ${host.how}.`);
    const made = new FunctionPool({ app, host, ...deployment.functions[app], environment: environmentOf(app), log });
    closers.push(() => made.close());
    return made;
  };
  // One after another: the first one may have to build the stand-in for Lambda's base image.
  return { ingestion: await pool('ingestion'), analysis: await pool('analysis'), dashboard: await pool('dashboard') };
}

async function listen(server: Server, port: number, closers: Closers): Promise<string> {
  await new Promise<void>((resolve, reject) => void server.once('error', reject).listen(port, '127.0.0.1', resolve)).catch((error: NodeJS.ErrnoException) => {
    throw error.code === 'EADDRINUSE' ? new Error(`Port ${port} is taken: end what listens there, or set PORT to another one.`) : error;
  });
  closers.push(() => server.close().closeAllConnections());
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
}
