import { modelRefSchema } from '@barometer/events';
import * as z from 'zod';
import { count, sampleFlag, timeSchema } from './primitives';

export const roleSchema = z.enum(['read', 'write']);
export const partStateSchema = z.enum(['ok', 'loading', 'failed']);

const rate = z.number().nonnegative();
const ageMs = count.nullable();

/** What the pipeline is doing and how fast, since this process started. */
export const progressSchema = z
  .object({
    phase: z.enum(['starting', 'polling', 'scoring', 'idle']).meta({ description: 'starting: the model loads; polling: some source was never read; scoring: articles wait' }),
    polling: count.meta({ description: 'Sources that were never read so far' }),
    polled: count.meta({ description: 'Polls since the start' }),
    newArticles: count.meta({ description: 'Articles stored since the start' }),
    scored: count.meta({ description: 'Articles scored since the start' }),
    failed: count.meta({ description: 'Polls that failed since the start' }),
    polledPerMinute: rate.meta({ description: 'Mean since the start' }),
    newPerMinute: rate.meta({ description: 'Mean since the start' }),
    scoredPerSecond: rate.meta({ description: 'Over the last ten seconds' }),
  })
  .meta({ id: 'Progress' });

export const statusSchema = z
  .object({
    version: z.string(),
    now: timeSchema,
    startedAt: timeSchema.meta({ description: 'When the store was opened by this process' }),
    sample: sampleFlag,
    counts: z
      .object({ pending: count, scored: count, failed: count, skipped: count })
      .meta({ description: 'Real articles inside retention, by state; the sample is never counted' }),
    judgements: z
      .object({ judged: count, agreed: count, agreement: z.number().min(0).max(1).nullable().meta({ description: 'The share of judged articles to which the model gives the same label; null before the first' }) })
      .meta({ description: 'How often readers and model agree, over the articles inside retention' }),
    waiting: count.meta({ description: 'Articles that wait for a score' }),
    oldestPendingAt: timeSchema.optional(),
    oldestPendingAgeMs: ageMs,
    progress: progressSchema,
    sources: z.object({ total: count, ok: count, failing: count, paused: count, gone: count, new: count }),
    model: z.object({ ...modelRefSchema.partial().shape, state: partStateSchema, message: z.string().optional() }),
    lastPolledAt: timeSchema.optional().meta({ description: 'The last poll of any source that succeeded' }),
    dataAgeMs: ageMs.meta({ description: 'Time since then; null before the first' }),
  })
  .meta({ id: 'Status' });

export const capabilitiesSchema = z
  .object({
    version: z.string(),
    live: z.enum(['sse', 'poll']),
    pollMs: count.meta({ description: 'How often a page that polls should ask' }),
    auth: z.object({ required: z.boolean(), role: roleSchema }).meta({ description: 'Whether keys are needed here, and what this caller may do' }),
    limits: z.object({ texts: count, textBytes: count, bodyBytes: count, page: count }),
    sample: sampleFlag,
  })
  .meta({ id: 'Capabilities' });

export const sessionRequestSchema = z.strictObject({ key: z.string().min(1, 'must not be empty').max(200) }).meta({ id: 'SessionRequest' });
export const sessionSchema = z.object({ role: roleSchema }).meta({ id: 'Session' });

export const healthSchema = z.object({ status: z.literal('ok'), version: z.string() }).meta({ id: 'Health' });

export const readinessSchema = z
  .object({ ready: z.boolean(), parts: z.record(z.string(), z.object({ state: partStateSchema, message: z.string().optional() })) })
  .meta({ id: 'Readiness', description: 'Answered with 503 while a part loads or is broken' });

export type Role = z.infer<typeof roleSchema>;
export type PartState = z.infer<typeof partStateSchema>;
export type Progress = z.infer<typeof progressSchema>;
export type Status = z.infer<typeof statusSchema>;
export type Capabilities = z.infer<typeof capabilitiesSchema>;
export type SessionRequest = z.infer<typeof sessionRequestSchema>;
export type Session = z.infer<typeof sessionSchema>;
export type Health = z.infer<typeof healthSchema>;
export type Readiness = z.infer<typeof readinessSchema>;
