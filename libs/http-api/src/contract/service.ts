import { labelSchema, modelRefSchema } from '@barometer/events';
import * as z from 'zod';
import { count, sampleFlag, timeSchema } from './primitives';

export const roleSchema = z
  .enum(['read', 'write', 'admin'])
  .meta({ description: "read: may read everything; write: may also change things; admin: may also end other people's sessions" });
export const partStateSchema = z.enum(['ok', 'loading', 'failed']);

const rate = z.number().nonnegative();
const ageMs = count.nullable();

/** What the pipeline is doing and how fast, since this process started. */
export const progressSchema = z
  .object({
    phase: z
      .enum(['starting', 'polling', 'scoring', 'idle'])
      .meta({ description: 'starting: the model is loading; polling: some source was never read; scoring: articles are pending' }),
    polling: count.meta({ description: 'Sources that have never been read' }),
    polled: count.meta({ description: 'Polls since the start' }),
    newArticles: count.meta({ description: 'Articles stored since the start' }),
    scored: count.meta({ description: 'Articles scored since the start' }),
    failed: count.meta({ description: 'Polls that failed since the start' }),
    polledPerMinute: rate.meta({ description: 'Mean since the start' }),
    newPerMinute: rate.meta({ description: 'Mean since the start' }),
    scoredPerSecond: rate.meta({ description: 'Over the last ten seconds' }),
  })
  .meta({ id: 'Progress' });

/** The state of the canary: a sentence with a known tone that goes through the pipeline every quarter of an hour. */
export const canarySchema = z
  .object({
    state: z.enum(['none', 'waiting', 'right', 'wrong', 'late', 'stopped']).meta({
      description:
        "right, wrong: the model's answer to the last finished one; late: it was not scored in time; waiting: the first one is on its way; none: none was ever sent; stopped: none was sent for twenty minutes",
    }),
    sentAt: timeSchema.optional(),
    tookMs: count.optional().meta({ description: 'From sending to the stored score' }),
    expected: labelSchema.optional(),
    label: labelSchema.optional(),
    message: z.string().meta({ description: 'The same in words' }),
  })
  .meta({ id: 'Canary' });

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
      .object({
        judged: count,
        agreed: count,
        agreement: z.number().min(0).max(1).nullable().meta({ description: 'The share of judged articles on which the model agrees; null before the first' }),
      })
      .meta({ description: 'How often readers and model agree, over the articles inside retention' }),
    kept: z.object({ articleDays: count, countDays: count }).meta({ description: 'For how many days articles and counts are kept' }),
    waiting: count.meta({ description: 'Pending articles' }),
    oldestPendingAt: timeSchema.optional(),
    oldestPendingAgeMs: ageMs,
    progress: progressSchema,
    sources: z.object({ total: count, ok: count, failing: count, paused: count, gone: count, new: count }),
    model: z.object({ ...modelRefSchema.partial().shape, state: partStateSchema, message: z.string().optional() }),
    canary: canarySchema.nullable().meta({ description: 'The canary, a sentence with a known tone; null if none is sent' }),
    lastPolledAt: timeSchema.optional().meta({ description: 'The last successful poll of any source' }),
    dataAgeMs: ageMs.meta({ description: 'Time since then; null before the first' }),
  })
  .meta({ id: 'Status' });

export const capabilitiesSchema = z
  .object({
    version: z.string(),
    live: z.enum(['sse', 'poll']),
    pollMs: count.meta({ description: 'How often a page that polls should ask' }),
    auth: z.object({ required: z.boolean(), role: roleSchema }).meta({ description: 'Whether keys are needed, and what this caller may do' }),
    limits: z.object({ texts: count, textBytes: count, bodyBytes: count, page: count }),
    sample: sampleFlag,
  })
  .meta({ id: 'Capabilities' });

export const sessionRequestSchema = z.strictObject({ key: z.string().min(1, 'must not be empty').max(200) }).meta({ id: 'SessionRequest' });
export const sessionSchema = z.object({ role: roleSchema }).meta({ id: 'Session' });

/** What the page needs before a sign-in, and who is signed in. */
export const sessionStateSchema = z
  .object({
    required: z.boolean().meta({ description: 'Whether access is restricted; on a loopback address it is not' }),
    provider: z.boolean().meta({ description: 'Whether people can sign in at a provider of OpenID Connect: GET /session/sign-in' }),
    by: z.enum(['computer', 'key', 'sign-in']).nullable().meta({ description: 'How the caller was identified; null if unknown' }),
    role: roleSchema.nullable(),
    name: z.string().optional().meta({ description: 'The label of the key, or the name of the person' }),
    email: z.string().optional().meta({ description: 'Only where the provider has verified it' }),
    expiresAt: timeSchema.optional().meta({ description: 'When a session ends unless it is used' }),
  })
  .meta({ id: 'SessionState' });

export const signInQuerySchema = z.object({
  returnTo: z
    .string()
    .max(1_000)
    .regex(/^\/(?![/\\])[\x21-\x5b\x5d-\x7e]*$/, 'must be a path of this page')
    .default('/')
    .meta({ description: 'The view of the page to return to, below the base path' }),
});

/** The answer to signing out: where the page should go next, so that the provider ends its own session too. */
export const signedOutSchema = z.object({ providerSignOut: z.url() }).meta({ id: 'SignedOut' });

export const sessionEntrySchema = z
  .object({
    id: z.string(),
    name: z.string(),
    email: z.string().optional(),
    role: roleSchema,
    current: z.boolean().meta({ description: "Whether it is the caller's own" }),
    createdAt: timeSchema,
    seenAt: timeSchema.meta({ description: 'When it was last used, to within five minutes' }),
    expiresAt: timeSchema.meta({ description: 'When it ends unless it is used' }),
  })
  .meta({ id: 'SessionEntry' });
export const sessionsSchema = z.object({ items: z.array(sessionEntrySchema) }).meta({ id: 'Sessions' });
export const sessionParamsSchema = z.object({ id: z.string().regex(/^[0-9a-f]{16}$/, 'must be the id of a session') });
export const endedSessionsSchema = z.object({ ended: count }).meta({ id: 'EndedSessions' });

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
export type SessionState = z.infer<typeof sessionStateSchema>;
export type SessionEntry = z.infer<typeof sessionEntrySchema>;
export type Sessions = z.infer<typeof sessionsSchema>;
export type SignedOut = z.infer<typeof signedOutSchema>;
export type EndedSessions = z.infer<typeof endedSessionsSchema>;
export type Health = z.infer<typeof healthSchema>;
export type Readiness = z.infer<typeof readinessSchema>;
