import { canaryWords, type CanaryStatus } from '@barometer/canary';
import type { Source } from '@barometer/ingestion';
import { DAY, MINUTE, STANDARD_RETENTION, type Retention } from '@barometer/kernel';
import type { ReportStatus } from '@barometer/reporting';
import { capabilitiesSchema, MAX_ANALYZE_BODY, MAX_PAGE, MAX_TEXT_BYTES, MAX_TEXTS, statusSchema, type Progress, type Status } from '../contract';
import { roleOf } from '../access/access';
import type { RouteContext, RouteGroup } from '../api';
import { problems } from '../openapi/responses';
import { sourceCounts } from '../wire/sources';
import { isoTime, optionalTime } from '../wire/time';

const tags = ['Service'];
const POLL_MS = 15_000;

export const statusRoutes: RouteGroup = (app, context) => {
  app.get(
    '/status',
    {
      schema: { tags, summary: 'What is pending, what works, how old the data are', response: { 200: statusSchema, ...problems() } },
    },
    async (_request, reply) => reply.header('cache-control', 'no-store').send(await statusOf(context)),
  );

  app.get(
    '/capabilities',
    {
      schema: { tags, summary: 'What this server offers and what you may do here', response: { 200: capabilitiesSchema, ...problems() } },
    },
    async (request, reply) => {
      const { sample } = await context.reading.current();
      return reply.header('cache-control', 'no-store').send({
        version: context.version,
        live: context.hub ? ('sse' as const) : ('poll' as const),
        pollMs: POLL_MS,
        auth: { required: !context.config.loopback, role: roleOf(request.caller) },
        limits: { texts: MAX_TEXTS, textBytes: MAX_TEXT_BYTES, bodyBytes: MAX_ANALYZE_BODY, page: MAX_PAGE },
        sample,
      });
    },
  );
};

const keptDays = ({ articles, rollups }: Retention = STANDARD_RETENTION): Status['kept'] => ({ articleDays: articles / DAY, countDays: rollups / DAY });

async function statusOf(context: RouteContext): Promise<Status> {
  const { real, reading, sources, clock, version, config } = context;
  const [status, list, { sample }] = await Promise.all([real.status.execute(), sources.list.execute(), reading.current()]);
  const now = clock.now();
  const { pending, scored, failed, skipped } = status.articles;
  const { judged, agreed } = status.judgements;
  const age = status.oldestPendingAgeMs;
  const lastPolledAt = lastSuccess(list, status, now);
  const { state, message } = context.readiness().parts.model;
  return {
    version,
    now: isoTime(now),
    startedAt: isoTime(context.progress().startedAt),
    sample,
    counts: { pending, scored, failed, skipped },
    judgements: { judged, agreed, agreement: judged === 0 ? null : agreed / judged },
    kept: keptDays(config.retention),
    waiting: pending,
    ...optionalTime('oldestPendingAt', age === undefined ? undefined : status.asOf - age),
    oldestPendingAgeMs: age ?? null,
    progress: progressOf(context, list, pending),
    sources: sourceCounts(list),
    model: { ...context.model(), state, ...(message !== undefined && { message }) },
    canary: status.canary ? canaryOf(status.canary) : null,
    ...optionalTime('lastPolledAt', lastPolledAt),
    dataAgeMs: lastPolledAt === undefined ? null : now - lastPolledAt,
  };
}

function canaryOf(canary: CanaryStatus): Status['canary'] {
  const { state, message } = { state: canary.state, message: canaryWords(canary) };
  if (canary.state === 'none') return { state, message };
  const { sentAt, ...known } = { tookMs: undefined, expected: undefined, label: undefined, ...canary };
  const { tookMs, expected, label } = known;
  return { state, message, sentAt: isoTime(sentAt), ...(tookMs !== undefined && { tookMs }), ...(expected && { expected }), ...(label && { label }) };
}

/**
 * The time of the last successful poll; of removed sources only the hour is known. Times in the future, from a clock
 * that was ahead, are ignored, since they do not show how old the data are.
 */
function lastSuccess(sources: readonly Source[], { lastObservedHour }: ReportStatus, now: number): number | undefined {
  const times = sources.flatMap(({ health }) => health.lastSuccessAt ?? []).filter((time) => time <= now + MINUTE);
  return times.length === 0 ? lastObservedHour : Math.min(now, Math.max(...times));
}

function progressOf({ progress, readiness, clock }: RouteContext, sources: readonly Source[], waiting: number): Progress {
  const { startedAt, polled, pollsFailed, newArticles, scored, scoredPerSecond } = progress();
  const polling = sourceCounts(sources).new;
  const minutes = Math.max(1, (clock.now() - startedAt) / MINUTE);
  const busy = waiting > 0 ? 'scoring' : 'idle';
  return {
    phase: readiness().parts.model.state === 'loading' ? 'starting' : polling > 0 ? 'polling' : busy,
    polling,
    polled,
    newArticles,
    scored,
    failed: pollsFailed,
    polledPerMinute: round(polled / minutes),
    newPerMinute: round(newArticles / minutes),
    scoredPerSecond: round(scoredPerSecond),
  };
}

const round = (value: number) => Math.round(value * 100) / 100;
