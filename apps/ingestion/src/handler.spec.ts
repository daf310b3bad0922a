import { lambdaContext, RecordingTelemetry } from '@barometer/aws/testing';
import type { TickReport } from '@barometer/ingestion';
import { ManualClock } from '@barometer/kernel';
import { createHandler } from './handler';

const polled = { polled: 5, failed: 1, notModified: 2, newArticles: 7, skipped: 1, linked: 0 };
const status = { pending: 3, scored: 10, failed: 2, skipped: 0, judgements: { judged: 0, agreed: 0 } };

const rung = { evaluated: 1, opened: 1, closed: 0, published: 0, sent: 1, failed: 0 };

function setUp(report: TickReport, oldestPendingAt?: number, alerts: () => Promise<typeof rung> = async () => rung) {
  const telemetry = new RecordingTelemetry<'ingestion'>();
  const signals: (AbortSignal | undefined)[] = [];
  const handler = createHandler({
    tick: {
      execute: async ({ signal } = {}) => {
        signals.push(signal);
        return report;
      },
    },
    alerts: { execute: alerts },
    reports: { status: async () => ({ ...status, ...(oldestPendingAt !== undefined && { oldestPendingAt }) }) },
    clock: new ManualClock(1_000_000),
    telemetry,
    pollConcurrency: 4,
    overdueMs: 900_000,
  });
  return { handler, telemetry, signals };
}

describe('the ingestion function', () => {
  it('runs a tick and counts what it came to', async () => {
    const { handler, telemetry } = setUp({ polled, delivered: { sent: 2, oldestAgeMs: 400_000 }, problems: [] }, 940_000);
    expect(await handler({}, lambdaContext('ingestion'))).toMatchObject({ polled });
    expect(telemetry.metrics).toEqual({
      SourcesPolled: 5,
      PollsFailed: 1,
      PollsSucceeded: 4,
      ArticlesStored: 7,
      DeliveriesRepeated: 2,
      StepsFailed: 0,
      ArticlesPending: 3,
      ArticlesFailed: 2,
      OldestPendingAge: 60,
    });
    expect(telemetry.lines).toEqual([expect.stringContaining('info: tick {"polled":{"polled":5')]);
    expect(telemetry.ended).toBe(1);
  });

  it.each([
    [{ state: 'waiting', sentAt: 1 }, { CanaryFailing: 0 }],
    [
      { state: 'right', sentAt: 1, expected: 'positive', label: 'positive', tone: 1, tookMs: 900 },
      { CanaryFailing: 0, CanaryTime: 900 },
    ],
    [
      { state: 'wrong', sentAt: 1, expected: 'positive', label: 'neutral', tone: 0, tookMs: 800 },
      { CanaryFailing: 1, CanaryTime: 800 },
    ],
    [{ state: 'late', sentAt: 1, expected: 'positive' }, { CanaryFailing: 1 }],
  ] as const)('reports how the canary fared: %o', async (canary, metrics) => {
    const { handler, telemetry } = setUp({ polled, canary, problems: [] });
    await handler({}, lambdaContext('ingestion'));
    const told = Object.entries(telemetry.metrics).filter(([name, value]) => name.startsWith('Canary') && value !== undefined);
    expect(Object.fromEntries(told)).toEqual(metrics);
  });

  it('reports that nothing is pending', async () => {
    const { handler, telemetry } = setUp({ polled, problems: [] });
    await handler({}, lambdaContext('ingestion'));
    expect(telemetry.metrics).toMatchObject({ OldestPendingAge: 0 });
  });

  it('starts polls until half a minute before its time limit', async () => {
    const { handler, signals } = setUp({ polled, problems: [] });
    await handler({}, lambdaContext('ingestion', 30_000));
    await new Promise((resolve) => setTimeout(resolve, 20));
    expect(signals[0]?.aborted).toBe(true);
    await handler({}, lambdaContext('ingestion', 90_000));
    expect(signals[1]?.aborted).toBe(false);
  });

  it('fails if a step failed, once the others are done and counted', async () => {
    const { handler, telemetry } = setUp({ polled, problems: [{ step: 'deliver', error: new Error('no queue') }] });
    await expect(handler({}, lambdaContext('ingestion'))).rejects.toThrow('no queue');
    expect(telemetry.metrics).toMatchObject({ SourcesPolled: 5, StepsFailed: 1 });
    expect(telemetry.lines).toEqual(['error: the step "deliver" failed: no queue']);
    expect(telemetry.ended).toBe(1);
  });

  it('continues without alerts if they fail, and says so', async () => {
    const { handler, telemetry } = setUp({ polled, problems: [] }, undefined, () => Promise.reject(new Error('no table')));
    await expect(handler({}, lambdaContext('ingestion'))).rejects.toThrow('no table');
    expect([telemetry.metrics['SourcesPolled'], telemetry.lines]).toEqual([5, ['error: the step "alerts" failed: no table']]);
  });

  it('refuses an event that is none', async () => {
    const { handler } = setUp({ problems: [] });
    await expect(handler('tick', lambdaContext('ingestion'))).rejects.toThrow('The event of a tick must be an object.');
  });
});
