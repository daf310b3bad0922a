import type { Context } from 'aws-lambda';
import { createTelemetry, metricCatalogue } from './index';

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
  expect(metrics).toMatchObject({ ArticlesStored: 3, OldestPendingAge: 12, service: 'ingestion' });
  expect(metrics?.['_aws']).toMatchObject({ CloudWatchMetrics: [{ Namespace: metricCatalogue.namespace, Dimensions: [[metricCatalogue.dimension]], Metrics: [{ Name: 'ArticlesStored', Unit: 'Count' }, { Name: 'OldestPendingAge', Unit: 'Seconds' }] }] });
});

it('traces outside Lambda as if nothing were traced', async () => {
  const telemetry = createTelemetry('analysis', 'dev');
  expect(await telemetry.traced('work', async () => 7)).toBe(7);
  await expect(telemetry.traced('work', () => Promise.reject(new Error('no')))).rejects.toThrow('no');
});
