import { modelRefSchema } from '@barometer/events';
import { MOST_USUAL_ROWS } from '@barometer/reporting';
import * as z from 'zod';
import {
  articleIdSchema,
  count,
  periodFields,
  periodSchema,
  sampleFlag,
  scopeAnswer,
  scopeFields,
  timeSchema,
  timeZoneParameter,
  toneSchema,
} from './primitives';

/** Scored articles by label. */
export const countsSchema = z.object({ negative: count, neutral: count, positive: count }).meta({ id: 'Counts' });

const share = z.number().min(0).max(1);
export const sharesSchema = z
  .object({ negative: share, neutral: share, positive: share })
  .meta({ id: 'Shares', description: 'Parts of the volume; they sum to 1' });

/** The change of the mean tone compared with the period before; claims no more than the data support. */
export const changeSchema = z
  .discriminatedUnion('kind', [
    z.object({ kind: z.literal('change'), delta: z.number(), previousTone: toneSchema }),
    z.object({ kind: z.literal('no-clear-change'), delta: z.number(), previousTone: toneSchema }),
    z.object({ kind: z.literal('not-enough-history') }),
  ])
  .meta({
    id: 'MoodChange',
    description:
      'Compared with the period of the same length before; every source has the same weight in both, and a change is more than about two standard errors, where articles of one story count as one observation',
  });

/** A tone for readers who see neither colour nor number. */
export const toneWordSchema = z
  .enum(['strongly negative', 'negative', 'slightly negative', 'balanced', 'slightly positive', 'positive', 'strongly positive'])
  .meta({ id: 'ToneWord', description: 'The tone in words; absent if nothing was scored' });

const standardError = z.number().nonnegative().nullable().meta({ description: 'Standard error of the mean tone; null with fewer than two articles' });

const keptSince = timeSchema.optional().meta({
  description: 'Only if the requested period begins before anything is kept: figures are known from here on, and `period` begins no earlier',
});

export const moodQuerySchema = z.strictObject({ ...scopeFields, ...periodFields });

const usualRangeFields = {
  low: toneSchema.meta({ description: 'Of 100 usual windows, 2.5 have a lower tone' }),
  high: toneSchema.meta({ description: 'Of 100 usual windows, 2.5 have a higher tone' }),
  mean: toneSchema.meta({ description: 'The expected tone of these sources at these hours' }),
};
export const usualBasisSchema = z.enum(['own', 'reference']);

const usualBasisFields = {
  basis: usualBasisSchema.meta({
    description: 'own: the 28 days before, of this scope; reference: figures that ship with the product, if the scope has fewer than 7 days of its own',
  }),
  days: count.meta({ description: 'Days that it was learned from' }),
};

export const usualWordSchema = z
  .enum(['darker than usual', 'as usual', 'calmer than usual'])
  .meta({ id: 'UsualWord', description: 'Below the usual range, within it, or above it' });

export const noUsualSchema = z.enum(['nothing-scored', 'not-enough-history', 'nothing-known', 'too-few-articles', 'period-too-long']).meta({
  id: 'NoUsual',
  description:
    'Why there is no usual range. not-enough-history: fewer than 7 days that were observed or imported completely and have an article scored by the present model, and the reference does not fit (a topic, or another model); nothing-known: none of these sources has a history; too-few-articles: in this period or in its history, so few that the range would reach more than 0.5 to either side; period-too-long: longer than 31 days, for which too little is kept before it',
});

export const usualSchema = z
  .object({
    ...usualRangeFields,
    percentile: z.number().min(0).max(100).meta({ description: 'How many of 100 usual windows have a lower tone' }),
    standardScore: z.number().meta({ description: 'Standard deviations of usual windows from the mean; negative: darker' }),
    ...usualBasisFields,
    word: usualWordSchema,
  })
  .meta({ id: 'Usual', description: 'The tone compared with usual windows of this length, with the same mix of sources and hours' });

export const usualRangeSchema = z
  .object(usualRangeFields)
  .meta({ id: 'UsualRange', description: 'The range of 95 of 100 usual tones, with the same mix of sources and hours' });

export const moodSchema = z
  .object({
    period: periodSchema,
    keptSince,
    ...scopeAnswer,
    volume: count.meta({ description: 'Scored articles' }),
    counts: countsSchema,
    shares: sharesSchema.nullable().meta({ description: 'null when nothing was scored' }),
    tone: toneSchema.nullable().meta({ description: 'Mean tone; null when nothing was scored' }),
    word: toneWordSchema.optional(),
    standardError,
    change: changeSchema,
    usual: usualSchema.nullable().meta({ description: 'null if there is none; `noUsual` says why' }),
    noUsual: noUsualSchema.optional(),
    observedHours: count.meta({ description: 'Hours of the period with a successful poll' }),
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
    observed: z.boolean().meta({ description: 'False: no source could be polled; a gap, not a zero' }),
    imported: z
      .boolean()
      .meta({ description: 'Articles were imported into hours that were not observed: the figures show what was imported, not what was published' }),
    volume: count,
    counts: countsSchema,
    tone: toneSchema.nullable(),
    standardError,
    usual: usualRangeSchema.nullable().meta({ description: 'null if nothing was scored, or if there is no usual range' }),
  })
  .meta({ id: 'TimelineBucket' });

export const modelChangeSchema = z
  .object({ at: timeSchema, model: modelRefSchema })
  .meta({ id: 'ModelChange', description: 'Scores from here on come from this model' });

export const timelineSchema = z
  .object({
    period: periodSchema,
    keptSince,
    ...scopeAnswer,
    bucket: z.enum(['hour', 'day']),
    tz: z.string(),
    dayBegins: z.string().optional().meta({
      description:
        'The local time at which days begin, such as 00:30: counts are kept by hours of UTC, which cross midnight in some zones; only in buckets of a day',
    }),
    usual: z.object(usualBasisFields).nullable().meta({ description: 'The basis of the usual ranges; null if there are none' }),
    noUsual: noUsualSchema.optional(),
    buckets: z.array(timelineBucketSchema),
    modelChanges: z.array(modelChangeSchema),
    sample: sampleFlag,
  })
  .meta({ id: 'Timeline' });

export const breakdownKindSchema = z
  .enum(['topic', 'source', 'group'])
  .meta({ description: 'group: groups of sources, by their names; a source in several groups counts in the row of each' });

export const comparisonSchema = z.enum(['before', 'usual']);

const ROWS_WORDS = 'must be a whole number from 1 to 500';

export const breakdownQuerySchema = z.strictObject({
  by: breakdownKindSchema,
  limit: z.coerce
    .number(ROWS_WORDS)
    .int(ROWS_WORDS)
    .min(1, ROWS_WORDS)
    .max(500, ROWS_WORDS)
    .default(50)
    .meta({ description: 'Maximum number of rows, those with the largest volume' }),
  against: comparisonSchema
    .default('before')
    .describe(
      `before: rows have their change since the period before; usual: also their usual range, as in /mood, for the ${MOST_USUAL_ROWS} largest rows; by topic or group only`,
    ),
  ...scopeFields,
  ...periodFields,
});

export const topArticleSchema = z
  .object({ id: articleIdSchema, title: z.string(), url: z.string(), publishedAt: timeSchema, tone: toneSchema.nullable() })
  .meta({
    id: 'TopArticle',
    description:
      'The article of the row with the clearest tone that is not uncertain: for a topic among its newest 300, else among the newest 100 of the scope',
  });

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
    usual: usualSchema
      .nullable()
      .optional()
      .meta({ description: `Only with against=usual, for the ${MOST_USUAL_ROWS} largest rows; null if unknown: \`noUsual\` says why` }),
    noUsual: noUsualSchema.optional(),
    ready: z.boolean().meta({ description: 'False for a topic whose first back-fill is not finished' }),
    sparkline: z.array(toneSchema.nullable()).meta({ description: 'Mean tones of equal parts of the period, oldest first; null: nothing scored' }),
    topArticle: topArticleSchema.optional(),
  })
  .meta({ id: 'BreakdownRow' });

export const breakdownSchema = z
  .object({
    period: periodSchema,
    keptSince,
    by: breakdownKindSchema,
    against: comparisonSchema,
    ...scopeAnswer,
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
