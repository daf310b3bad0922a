import type { RunAlerts } from '@barometer/alerting';
import { faultBehind, type Telemetry } from '@barometer/aws';
import type { RunTick, TickReport } from '@barometer/ingestion';
import { SECOND, type Clock } from '@barometer/kernel';
import type { ReportStore } from '@barometer/reporting';
import type { Context } from 'aws-lambda';
import * as z from 'zod';

export interface HandlerDeps {
  readonly tick: Pick<RunTick, 'execute'>;
  readonly alerts: Pick<RunAlerts, 'execute'>;
  readonly reports: Pick<ReportStore, 'status'>;
  readonly clock: Clock;
  readonly telemetry: Telemetry<'ingestion'>;
  readonly pollConcurrency: number;
  readonly overdueMs: number;
}

/** The event of the scheduler; a tick needs nothing from its payload. */
const tickEventSchema = z.looseObject({}, { error: 'The event of a tick must be an object.' });

/** Kept free before the time limit: a poll in progress may take 20 s more, and the rest is for the other steps. */
const RESERVE = 30 * SECOND;

/**
 * Runs one tick. Needs a reserved concurrency of 1: leases keep two ticks from polling a source twice, but not from
 * doing the other steps twice.
 */
export function createHandler({ tick, alerts, reports, clock, telemetry, pollConcurrency, overdueMs }: HandlerDeps) {
  return (event: unknown, context: Context) =>
    telemetry.invocation(context, async () => {
      tickEventSchema.parse(event);
      const signal = AbortSignal.timeout(Math.max(0, context.getRemainingTimeInMillis() - RESERVE));
      const { problems: failed, ...report } = await telemetry.traced('tick', () => tick.execute({ signal, pollConcurrency, overdueMs }));
      const problems: { readonly step: string; readonly error: unknown }[] = [...failed];
      const rung = await telemetry.traced('alerts', () => alerts.execute()).catch((error: unknown) => void problems.push({ step: 'alerts', error }));
      telemetry.record({ ...figuresOf(report), StepsFailed: problems.length });
      // A fault of AWS is logged once, where it occurs.
      for (const { step, error } of problems) if (!faultBehind(error)) telemetry.error(`the step "${step}" failed: ${messageOf(error)}`);
      if (problems[0]) throw problems[0].error;
      await recordBacklog();
      telemetry.info('tick', { ...report, ...(rung && { alerts: rung }) });
      return report;
    });

  async function recordBacklog(): Promise<void> {
    const { pending, failed, oldestPendingAt } = await reports.status();
    const age = oldestPendingAt === undefined ? 0 : Math.max(0, Math.round((clock.now() - oldestPendingAt) / SECOND));
    telemetry.record({ ArticlesPending: pending, ArticlesFailed: failed, OldestPendingAge: age });
  }
}

function figuresOf({ polled, delivered, canary }: Omit<TickReport, 'problems'>) {
  return {
    SourcesPolled: polled?.polled,
    PollsFailed: polled?.failed,
    PollsSucceeded: polled && polled.polled - polled.failed,
    ArticlesStored: polled?.newArticles,
    DeliveriesRepeated: delivered?.sent,
    CanaryFailing: canary && Number(canary.state === 'wrong' || canary.state === 'late'),
    CanaryTime: canary && 'tookMs' in canary ? canary.tookMs : undefined,
  };
}

const messageOf = (error: unknown) => (error instanceof Error ? error.message : String(error));
