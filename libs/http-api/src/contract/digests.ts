import { digestFormSchema, scheduleFields, weekdays } from '@barometer/alerting';
import * as z from 'zod';
import { count, scopeFields, slugSchema, timeParameter, timeSchema, toneSchema } from './primitives';

export const newDigestSchema = digestFormSchema.meta({
  id: 'NewDigest',
  description: 'By default: every day at 07:00, about all news',
});

const outcomeSchema = z.enum(['told', 'silent', 'skipped', 'scope-gone']).meta({
  id: 'EditionOutcome',
  description:
    'told: it was sent; silent: there was nothing to report; skipped: Barometer was not running within 12 hours of its time; scope-gone: its topic or source was removed, or its group is empty',
});

export const digestSchema = z
  .object({
    id: z.string(),
    name: z.string(),
    every: z.enum(['day', 'week']),
    weekday: z.enum(weekdays).meta({ description: 'For a weekly digest' }),
    time: z.string(),
    timeZone: z.string(),
    scope: z.object({ topicId: z.string().optional(), sourceId: z.string().optional(), group: z.string().optional() }),
    channelIds: z.array(z.string()),
    enabled: z.boolean(),
    createdAt: timeSchema,
    changedAt: timeSchema,
    nextAt: timeSchema.optional().meta({ description: 'When its next edition is due; absent while it is off' }),
    last: z
      .object({
        dueAt: timeSchema,
        outcome: outcomeSchema,
        reason: z.string().optional().meta({ description: 'Why nothing was sent' }),
        skipped: count.meta({ description: 'Editions before it that were skipped' }),
      })
      .optional()
      .meta({ description: 'The outcome of its last edition' }),
  })
  .meta({ id: 'Digest' });

export const digestListSchema = z.object({ items: z.array(digestSchema) }).meta({ id: 'DigestList' });
export const digestParamsSchema = z.strictObject({ id: slugSchema });

export const digestPreviewQuerySchema = z.strictObject({
  ...scopeFields,
  every: scheduleFields.every,
  timeZone: scheduleFields.timeZone.default('UTC').describe('The time zone in which its times are written'),
  at: timeParameter.optional().describe('The end of its day or week; now by default'),
});

const voiceSchema = z.object({ publisher: z.string(), tone: toneSchema });
const headlineFields = { title: z.string(), url: z.string(), publisher: z.string().optional(), tone: z.number().optional() };

export const editionSchema = z
  .object({
    id: z.string(),
    digest: z.object({ id: z.string(), name: z.string() }),
    every: z.enum(['day', 'week']),
    timeZone: z.string(),
    scope: z.object({ topic: z.string().nullable(), source: z.string().nullable(), group: z.string().nullable(), name: z.string() }),
    dueAt: timeSchema,
    from: timeSchema,
    to: timeSchema,
    verdict: z.string().meta({ description: 'The mood compared with its usual range' }),
    sentence: z.string(),
    tone: z.number().nullable(),
    word: z.string().nullable(),
    usual: z
      .object({
        low: z.number(),
        high: z.number(),
        mean: z.number(),
        basis: z.enum(['own', 'reference']).optional().meta({ description: 'The basis of the usual range: its own weeks, or the shipped reference' }),
      })
      .nullable(),
    change: z.number().nullable().meta({ description: 'Compared with the period before; 0: no clear change; null: unknown' }),
    articles: count,
    counts: z.object({ negative: count, neutral: count, positive: count }),
    observedHours: count.meta({ description: 'Hours in which feeds were read, or for which articles were imported' }),
    hours: count,
    drivers: z
      .array(z.object({ name: z.string(), effect: z.number(), headline: z.string().optional() }))
      .meta({ description: 'What moved the mood, the strongest first' }),
    stories: z
      .array(z.object({ ...headlineFields, articles: count, publishers: count, darkest: voiceSchema, brightest: voiceSchema }))
      .meta({ description: 'Those with most publishers first' }),
    good: z
      .object({ ...headlineFields, publishers: count.optional().meta({ description: 'How many publishers report it, if there are several' }) })
      .nullable()
      .meta({ description: 'The article with the most positive tone' }),
    troubled: z.array(z.object({ name: z.string(), problem: z.string(), lastSuccessAt: timeSchema.nullable() })),
    moreTroubled: count,
    skipped: count,
    isWhole: z.boolean().meta({ description: 'False if stories were searched only among the newest articles of each part of the period' }),
    link: z.string().nullable(),
  })
  .meta({ id: 'Edition', description: 'One edition of a digest. Headlines are others’ words' });

export const digestPreviewSchema = z
  .object({
    edition: editionSchema.nullable(),
    text: z.string().nullable().meta({ description: 'The same as plain text' }),
    silence: z.string().nullable().meta({ description: 'Why nothing would be sent' }),
  })
  .meta({ id: 'DigestPreview' });

export const digestTestSchema = z
  .object({
    items: z.array(z.object({ channelId: z.string(), sent: z.boolean(), reason: z.string().optional() })).meta({ description: 'The answer of each channel' }),
    silence: z.string().nullable(),
  })
  .meta({ id: 'DigestTest' });

export type Digest = z.infer<typeof digestSchema>;
export type NewDigest = z.input<typeof newDigestSchema>;
export type DigestPreview = z.infer<typeof digestPreviewSchema>;
export type DigestTest = z.infer<typeof digestTestSchema>;
