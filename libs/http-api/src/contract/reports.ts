import { modelRefSchema } from '@barometer/events';
import * as z from 'zod';
import { articleIdSchema, count, periodFields, periodSchema, sampleFlag, scopeFields, timeSchema, timeZoneParameter, toneSchema } from './primitives';

/** Scored articles by label. */
export const countsSchema = z.object({ negative: count, neutral: count, positive: count }).meta({ id: 'Counts' });

const share = z.number().min(0).max(1);
export const sharesSchema = z
  .object({ negative: share, neutral: share, positive: share })
  .meta({ id: 'Shares', description: 'Parts of the volume; they sum to 1' });

/** The change of the mean tone against the period before; nothing is claimed that the data do not bear. */
export const changeSchema = z
  .discriminatedUnion('kind', [
    z.object({ kind: z.literal('change'), delta: z.number(), previousTone: toneSchema }),
    z.object({ kind: z.literal('no-clear-change'), delta: z.number(), previousTone: toneSchema }),
    z.object({ kind: z.literal('not-enough-history') }),
  ])
  .meta({ id: 'MoodChange', description: 'Against the period of the same length before; every source weighs as much in both, and a change is more than about two standard errors, in which articles of one story count together' });

/** A tone for readers who see neither colour nor number. */
export const toneWordSchema = z
  .enum(['strongly negative', 'negative', 'slightly negative', 'balanced', 'slightly positive', 'positive', 'strongly positive'])
  .meta({ id: 'ToneWord', description: 'The tone in words; left out when nothing was scored' });

const standardError = z.number().nonnegative().nullable().meta({ description: 'Of the mean tone; null under two articles' });

export const moodQuerySchema = z.strictObject({ ...scopeFields, ...periodFields });

const usualRangeFields = {
  low: toneSchema.meta({ description: 'Of 100 usual windows, 2.5 have a lower tone' }),
  high: toneSchema.meta({ description: 'Of 100 usual windows, 2.5 have a higher tone' }),
  mean: toneSchema.meta({ description: 'What is expected of these sources at these hours' }),
};
const usualBasisFields = {
  basis: z.enum(['own', 'reference']).meta({ description: 'own: the 28 days before, of this scope; reference: figures that ship with the product, where the scope has under 7 days of its own' }),
  days: count.meta({ description: 'Days behind it' }),
};

export const usualWordSchema = z.enum(['darker than usual', 'as usual', 'calmer than usual']).meta({ id: 'UsualWord', description: 'Under the usual range, within it, or above it' });

export const noUsualSchema = z
  .enum(['nothing-scored', 'not-enough-history', 'nothing-known'])
  .meta({ id: 'NoUsual', description: 'Why nothing is said of what is usual. not-enough-history: under 7 watched days with an article that the present model scored, and the reference does not fit (a topic, or another model); nothing-known: none of these sources spoke before' });

export const usualSchema = z
  .object({
    ...usualRangeFields,
    percentile: z.number().min(0).max(100).meta({ description: 'Of 100 usual windows, so many have a lower tone' }),
    standardScore: z.number().meta({ description: 'Standard deviations of usual windows from the mean; negative: darker' }),
    ...usualBasisFields,
    word: usualWordSchema,
  })
  .meta({ id: 'Usual', description: 'The tone beside what is usual of windows of this length, at the same mix of sources and hours' });

export const usualRangeSchema = z.object(usualRangeFields).meta({ id: 'UsualRange', description: 'Where 95 of 100 usual tones lie, at the same mix of sources and hours' });

export const moodSchema = z
  .object({
    period: periodSchema,
    topic: z.string().optional(),
    source: z.string().optional(),
    volume: count.meta({ description: 'Scored articles' }),
    counts: countsSchema,
    shares: sharesSchema.nullable().meta({ description: 'null when nothing was scored' }),
    tone: toneSchema.nullable().meta({ description: 'Mean tone; null when nothing was scored' }),
    word: toneWordSchema.optional(),
    standardError,
    change: changeSchema,
    usual: usualSchema.nullable().meta({ description: 'null where nothing can be said; `noUsual` says why' }),
    noUsual: noUsualSchema.optional(),
    observedHours: count.meta({ description: 'Hours of the period in which a poll succeeded' }),
    hours: count.meta({ description: 'Hours of the period' }),
    sample: sampleFlag,
  })
  .meta({ id: 'Mood' });

export const timelineQuerySchema = z.strictObject({
  ...scopeFields,
  ...periodFields,
  bucket: z.enum(['hour', 'day']).optional().describe('Default: hours up to 3 days, else days'),
  tz: timeZoneParameter.optional(),
});

export const timelineBucketSchema = z
  .object({
    from: timeSchema,
    to: timeSchema,
    day: z.string().optional().meta({ description: 'The local calendar day, such as 2026-11-23; only in buckets of a day' }),
    observed: z.boolean().meta({ description: 'False: nobody watched; a gap, not a zero' }),
    volume: count,
    counts: countsSchema,
    tone: toneSchema.nullable(),
    standardError,
    usual: usualRangeSchema.nullable().meta({ description: 'null where nothing was scored, or nothing can be said' }),
  })
  .meta({ id: 'TimelineBucket' });

export const modelChangeSchema = z
  .object({ at: timeSchema, model: modelRefSchema })
  .meta({ id: 'ModelChange', description: 'From here on scores come from this model' });

export const timelineSchema = z
  .object({
    period: periodSchema,
    topic: z.string().optional(),
    source: z.string().optional(),
    bucket: z.enum(['hour', 'day']),
    tz: z.string(),
    dayBegins: z.string().optional().meta({ description: 'The local time at which days begin, such as 00:30: counts are kept by hours of UTC, which lie across midnight in some zones; only in buckets of a day' }),
    usual: z.object(usualBasisFields).nullable().meta({ description: 'Where the usual ranges come from; null where there are none' }),
    noUsual: noUsualSchema.optional(),
    buckets: z.array(timelineBucketSchema),
    modelChanges: z.array(modelChangeSchema),
    sample: sampleFlag,
  })
  .meta({ id: 'Timeline' });

const ROWS_WORDS = 'must be a whole number from 1 to 500';

export const breakdownQuerySchema = z.strictObject({
  by: z.enum(['topic', 'source']),
  limit: z.coerce.number(ROWS_WORDS).int(ROWS_WORDS).min(1, ROWS_WORDS).max(500, ROWS_WORDS).default(50).meta({ description: 'The most rows, those of the largest volume' }),
  ...scopeFields,
  ...periodFields,
});

export const topArticleSchema = z
  .object({ id: articleIdSchema, title: z.string(), url: z.string(), publishedAt: timeSchema, tone: toneSchema.nullable() })
  .meta({ id: 'TopArticle', description: 'The most decided certain article of the row: of a topic among its newest 300, else among the newest 100 of the scope' });

export const breakdownRowSchema = z
  .object({
    id: z.string(),
    name: z.string(),
    volume: count,
    counts: countsSchema,
    shares: sharesSchema.nullable(),
    tone: toneSchema.nullable(),
    word: toneWordSchema.optional(),
    change: changeSchema,
    ready: z.boolean().meta({ description: 'False for a topic whose first back-fill still goes on' }),
    sparkline: z.array(toneSchema.nullable()).meta({ description: 'Mean tones of equal parts of the period, oldest first; null: nothing scored' }),
    topArticle: topArticleSchema.optional(),
  })
  .meta({ id: 'BreakdownRow' });

export const breakdownSchema = z
  .object({
    period: periodSchema,
    by: z.enum(['topic', 'source']),
    topic: z.string().optional(),
    source: z.string().optional(),
    rows: z.array(breakdownRowSchema).meta({ description: 'Largest volume first' }),
    left: count.meta({ description: 'How many more rows there are' }),
    sample: sampleFlag,
  })
  .meta({ id: 'Breakdown' });

export type Counts = z.infer<typeof countsSchema>;
export type Shares = z.infer<typeof sharesSchema>;
export type MoodChange = z.infer<typeof changeSchema>;
export type ToneWord = z.infer<typeof toneWordSchema>;
export type Usual = z.infer<typeof usualSchema>;
export type UsualWord = z.infer<typeof usualWordSchema>;
export type UsualRange = z.infer<typeof usualRangeSchema>;
export type NoUsual = z.infer<typeof noUsualSchema>;
export type MoodQuery = z.infer<typeof moodQuerySchema>;
export type Mood = z.infer<typeof moodSchema>;
export type TimelineQuery = z.infer<typeof timelineQuerySchema>;
export type TimelineBucket = z.infer<typeof timelineBucketSchema>;
export type Timeline = z.infer<typeof timelineSchema>;
export type ModelChange = z.infer<typeof modelChangeSchema>;
export type BreakdownQuery = z.infer<typeof breakdownQuerySchema>;
export type BreakdownRow = z.infer<typeof breakdownRowSchema>;
export type TopArticle = z.infer<typeof topArticleSchema>;
export type Breakdown = z.infer<typeof breakdownSchema>;
