import type { Context } from 'aws-lambda';
import { readEnvironment } from '@barometer/kernel';
import * as z from 'zod';
import { awsFaultOf, createTelemetry, environmentName, faultBehind, metricCatalogue, type AwsFault } from './index';
import { sdkError } from './testing/sdk-errors';

const context = {
  functionName: 'ingest',
  awsRequestId: 'id-1',
  memoryLimitInMB: '256',
  invokedFunctionArn: 'arn',
  functionVersion: '1',
  getRemainingTimeInMillis: () => 60_000,
} as Context;

async function capture(work: () => unknown): Promise<Record<string, unknown>[]> {
  const lines: string[] = [];
  const take = (...words: unknown[]) => void lines.push(String(words[0]));
  const spies = (['log', 'info', 'warn', 'error'] as const).map((name) => jest.spyOn(console, name).mockImplementation(take));
  // Only with these does Powertools write to the console that a test can see.
  Object.assign(process.env, { POWERTOOLS_DEV: 'true', POWERTOOLS_METRICS_DISABLED: 'false' });
  try {
    await work();
  } finally {
    delete process.env['POWERTOOLS_DEV'];
    delete process.env['POWERTOOLS_METRICS_DISABLED'];
    spies.forEach((spy) => spy.mockRestore());
  }
  return lines.map((line) => JSON.parse(line) as Record<string, unknown>);
}

it('writes lines with the invocation, and metrics under the names of the catalogue', async () => {
  const lines = await capture(() => {
    const telemetry = createTelemetry('ingestion', 'dev');
    return telemetry.invocation(context, async () => {
      telemetry.info('polled', { sources: 3 });
      telemetry.record({ ArticlesStored: 3, OldestPendingAge: 12 });
    });
  });
  expect(lines).toContainEqual(
    expect.objectContaining({ level: 'INFO', message: 'polled', sources: 3, service: 'ingestion', environment: 'dev', function_request_id: 'id-1' }),
  );
  const metrics = lines.find((line) => 'ArticlesStored' in line);
  expect(metrics).toMatchObject({ ArticlesStored: 3, OldestPendingAge: 12, service: 'ingestion', environment: 'dev' });
  expect(metrics?.['_aws']).toMatchObject({
    CloudWatchMetrics: [
      {
        Namespace: metricCatalogue.namespace,
        Dimensions: [metricCatalogue.dimensions],
        Metrics: [
          { Name: 'ArticlesStored', Unit: 'Count' },
          { Name: 'OldestPendingAge', Unit: 'Seconds' },
        ],
      },
    ],
  });
});

it('counts a cold start under the same dimensions, so that environments are kept apart', async () => {
  process.env['AWS_LAMBDA_INITIALIZATION_TYPE'] = 'on-demand';
  const lines = await capture(() => createTelemetry('dashboard', 'prod').invocation(context, async () => undefined));
  delete process.env['AWS_LAMBDA_INITIALIZATION_TYPE'];
  const start = lines.find((line) => 'ColdStart' in line);
  expect(start).toMatchObject({ ColdStart: 1, service: 'dashboard', environment: 'prod', function_name: 'ingest' });
  expect(start?.['_aws']).toMatchObject({
    CloudWatchMetrics: [{ Namespace: metricCatalogue.namespace, Dimensions: [[...metricCatalogue.dimensions, 'function_name']] }],
  });
});

it.each(['Prod', 'prod-1', '1prod', 'production-of-ours', 'aVeryLongNameIndeed'])('%s is no name of an environment', (name) => {
  expect(() => readEnvironment(z.object({ ENVIRONMENT: environmentName }), { ENVIRONMENT: name })).toThrow(
    `ENVIRONMENT must be the name of an environment, such as dev: up to twelve small letters and digits, the first a letter (it is "${name}")`,
  );
});

it('runs traced work outside Lambda without tracing', async () => {
  const telemetry = createTelemetry('analysis', 'dev');
  expect(await telemetry.traced('work', async () => 7)).toBe(7);
  await expect(telemetry.traced('work', () => Promise.reject(new Error('no')))).rejects.toThrow('no');
});

describe('a fault of AWS', () => {
  const fault = (message: string) =>
    awsFaultOf(sdkError('AccessDeniedException', `not authorized to perform: dynamodb:${message}`), { kind: 'table', name: 'news', setting: 'TABLE_NAME' })!;
  /** The lines written by an invocation that meets these faults and ends with one of them, or with none. */
  const written = async (faults: AwsFault[], end?: Error, remainingMs = 60_000) => {
    const lines = await capture(() => {
      const telemetry = createTelemetry('analysis', 'dev');
      return telemetry
        .invocation({ ...context, getRemainingTimeInMillis: () => remainingMs }, async () => {
          faults.forEach((one) => telemetry.fault(one));
          if (remainingMs === 0) await new Promise((resolve) => setTimeout(resolve, 20));
          if (end) throw end;
        })
        .catch((error: unknown) => expect(error).toBe(faultBehind(end)));
    });
    return lines.filter(({ level }) => level === 'ERROR').map(({ message }) => message);
  };
  const [query, get] = [fault('Query'), fault('GetItem')];

  it('is one line if the invocation goes on', async () => expect(await written([query])).toEqual([query.message]));
  it('is left to the runtime if the invocation ends with the error it caused, unlike any other', async () =>
    expect(await written([query, get], new Error('the store', { cause: query }))).toEqual([get.message]));
  it('is written before an invocation reaches its time limit', async () => expect(await written([query], query, 0)).toEqual([query.message]));
  it('is written at once outside of an invocation', async () => {
    const lines = await capture(() => createTelemetry('analysis', 'dev').fault(query));
    expect(lines.map(({ message }) => message)).toEqual([query.message]);
  });

  it("keeps its name in the runtime's line, although the bundle shortens class names", async () => {
    const error = query;
    await written([query], error);
    expect(error).toMatchObject({ errorType: 'AwsFault' });
  });
});
