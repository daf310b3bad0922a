import type { Context } from 'aws-lambda';
import { readEnvironment } from '@barometer/kernel';
import * as z from 'zod';
import { createTelemetry, environmentName, metricCatalogue } from './index';

const context = { functionName: 'ingest', awsRequestId: 'id-1', memoryLimitInMB: '256', invokedFunctionArn: 'arn', functionVersion: '1' } as Context;

function capture(work: () => void): Record<string, unknown>[] {
  const lines: string[] = [];
  const take = (...words: unknown[]) => void lines.push(String(words[0]));
  const spies = (['log', 'info', 'warn', 'error'] as const).map((name) => jest.spyOn(console, name).mockImplementation(take));
  // Only so does Powertools write to the console that a test can see.
  Object.assign(process.env, { POWERTOOLS_DEV: 'true', POWERTOOLS_METRICS_DISABLED: 'false' });
  try {
    work();
  } finally {
    delete process.env['POWERTOOLS_DEV'];
    delete process.env['POWERTOOLS_METRICS_DISABLED'];
    spies.forEach((spy) => spy.mockRestore());
  }
  return lines.map((line) => JSON.parse(line) as Record<string, unknown>);
}

it('writes lines with the invocation, and metrics under the names of the catalogue', () => {
  const lines = capture(() => {
    const telemetry = createTelemetry('ingestion', 'dev');
    telemetry.begin(context);
    telemetry.info('polled', { sources: 3 });
    telemetry.record({ ArticlesStored: 3, OldestPendingAge: 12 });
    telemetry.flush();
  });
  expect(lines).toContainEqual(expect.objectContaining({ level: 'INFO', message: 'polled', sources: 3, service: 'ingestion', environment: 'dev', function_request_id: 'id-1' }));
  const metrics = lines.find((line) => 'ArticlesStored' in line);
  expect(metrics).toMatchObject({ ArticlesStored: 3, OldestPendingAge: 12, service: 'ingestion', environment: 'dev' });
  expect(metrics?.['_aws']).toMatchObject({ CloudWatchMetrics: [{ Namespace: metricCatalogue.namespace, Dimensions: [metricCatalogue.dimensions], Metrics: [{ Name: 'ArticlesStored', Unit: 'Count' }, { Name: 'OldestPendingAge', Unit: 'Seconds' }] }] });
});

it('counts a cold start under the same dimensions, so that no environment counts another one\'s', () => {
  process.env['AWS_LAMBDA_INITIALIZATION_TYPE'] = 'on-demand';
  const lines = capture(() => createTelemetry('dashboard', 'prod').begin(context));
  delete process.env['AWS_LAMBDA_INITIALIZATION_TYPE'];
  const start = lines.find((line) => 'ColdStart' in line);
  expect(start).toMatchObject({ ColdStart: 1, service: 'dashboard', environment: 'prod', function_name: 'ingest' });
  expect(start?.['_aws']).toMatchObject({ CloudWatchMetrics: [{ Namespace: metricCatalogue.namespace, Dimensions: [[...metricCatalogue.dimensions, 'function_name']] }] });
});

it.each(['Prod', 'prod-1', '1prod', 'production-of-ours', 'aVeryLongNameIndeed'])('%s is no name of an environment', (name) => {
  expect(() => readEnvironment(z.object({ ENVIRONMENT: environmentName }), { ENVIRONMENT: name })).toThrow(`ENVIRONMENT must be the name of an environment, such as dev: up to twelve small letters and digits, the first a letter (it is "${name}")`);
});

it('traces outside Lambda as if nothing were traced', async () => {
  const telemetry = createTelemetry('analysis', 'dev');
  expect(await telemetry.traced('work', async () => 7)).toBe(7);
  await expect(telemetry.traced('work', () => Promise.reject(new Error('no')))).rejects.toThrow('no');
});
