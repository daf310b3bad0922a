import { MOST_USUAL_ROWS } from '@barometer/reporting';
import * as z from 'zod';
import { count, periodFields, periodSchema, sampleFlag, scopeAnswer, scopeFields, searchedSchema, timeSchema, toneSchema } from './primitives';
import { comparisonSchema, noUsualSchema, usualBasisSchema } from './reports';

export const MAX_DRIVERS = 20;
const LIMIT_WORDS = `must be a whole number from 1 to ${MAX_DRIVERS}`;

export const driverKindSchema = z.enum(['story', 'topic', 'source']);

export const driversQuerySchema = z.strictObject({
  ...scopeFields,
  ...periodFields,
  by: driverKindSchema.default('story').describe('The parts into which the difference is decomposed'),
  against: comparisonSchema
    .default('before')
    .describe(
      'before: the equally long period before; usual: the usual tone of these sources at these hours, as in /mood; topics have the usual tone of their own verdict, as in /breakdown',
    ),
  limit: z.coerce
    .number(LIMIT_WORDS)
    .int(LIMIT_WORDS)
    .min(1, LIMIT_WORDS)
    .max(MAX_DRIVERS, LIMIT_WORDS)
    .default(3)
    .describe('At most this many that raised the mood, and this many that lowered it'),
});

const effect = z.number();

export const driverSchema = z
  .object({
    id: z.string().meta({ description: 'Of the story (the id of its first article), topic or source' }),
    name: z.string().meta({ description: 'The headline of the most typical article of a story; else the name' }),
    articleId: z
      .string()
      .optional()
      .meta({ description: 'Its article in the period that shows its effect best; for a topic or source among its newest hundred' }),
    headline: z.string().optional().meta({ description: 'The headline of that article' }),
    effect: effect.meta({ description: 'Its effect on the mean tone: toneEffect plus mixEffect' }),
    toneEffect: effect.meta({ description: 'Effect of a tone that differs from the one before, or from the usual one' }),
    mixEffect: effect.meta({
      description: 'Effect of a share of the articles that differs from the one before; 0 compared with what is usual, where the articles are the same',
    }),
    articles: count,
    tone: toneSchema.nullable().meta({ description: 'Mean tone in the period; null without articles' }),
    previousArticles: count.nullable().meta({ description: 'null compared with what is usual' }),
    previousTone: toneSchema.nullable().meta({
      description:
        'Mean tone in the period before (null without articles then), or the usual tone: for a topic the mean of its own usual range, as in /mood?topic=…; for a source what the whole expects of it at these hours, so that sources sum to the whole (/mood?source=… learns from the source alone, and may differ a little); for a story that of the whole',
    }),
  })
  .meta({ id: 'Driver', description: 'A part of the news that moved the mood' });

export const partWithoutUsualSchema = z
  .object({ id: z.string(), name: z.string(), articles: count, tone: toneSchema.nullable(), noUsual: noUsualSchema })
  .meta({ id: 'PartWithoutUsual', description: 'A topic or source with articles, of which it is not known what is usual, and why' });

export const noPreviousSchema = z.enum(['nothing-scored', 'nothing-before']).meta({
  id: 'NoPrevious',
  description:
    'Only compared with the period before: why there is no difference. nothing-scored: the period has no scored article; nothing-before: the period before has none, or it is not kept any more',
});

export const driversSchema = z
  .object({
    period: periodSchema,
    keptSince: timeSchema.optional().meta({
      description:
        'Only if the requested period, or the one that it is compared with, begins before anything is kept (by story: any article): where the known part begins',
    }),
    comparison: periodSchema.meta({ description: 'The period before, or the days from which the usual range was learned' }),
    basis: usualBasisSchema.optional().meta({
      description:
        'The basis of the usual range, if compared with that. The reference covers no topics: by topic the whole difference is then in the rest, and `withoutUsual` says so',
    }),
    noUsual: noUsualSchema.optional().meta({ description: 'Only compared with what is usual: why there is no difference, as in /mood' }),
    noPrevious: noPreviousSchema.optional(),
    by: driverKindSchema,
    against: comparisonSchema,
    ...scopeAnswer,
    tone: toneSchema.nullable().meta({ description: 'Mean tone in the period, also where there is nothing to compare it with; null when nothing was scored' }),
    previousTone: toneSchema.nullable().meta({
      description: 'Mean tone in the period before, or the mean of the usual range, as in /mood; null if unknown: `noPrevious` or `noUsual` says why',
    }),
    difference: z.number().nullable().meta({
      description:
        'tone - previousTone: the effects and the rest sum to it. Null if one of the periods has no scored article, or if there is no usual range: `noPrevious` or `noUsual` says why',
    }),
    lifted: z.array(driverSchema).meta({ description: 'The largest effect first; none under 0.005, which reads 0.00' }),
    lowered: z.array(driverSchema).meta({ description: 'The largest effect first; none under 0.005, which reads 0.00' }),
    rest: z
      .number()
      .nullable()
      .meta({
        description: `The rest of the difference: from parts that are not listed, and from articles in no part or in several. By topic compared with what is usual, also from the topics in withoutUsual, from those after the ${MOST_USUAL_ROWS} largest, and whatever the usual tones of the topics do not explain of the usual tone of the whole: each is learned by itself, so they need not add up to it`,
      }),
    withoutUsual: z.array(partWithoutUsualSchema).meta({
      description:
        'Only compared with what is usual, by topic or source: those with articles but without a usual tone, the most articles first, at most `limit`. None of them is called a driver; their effects are in the rest',
    }),
    searched: searchedSchema,
    sample: sampleFlag,
  })
  .meta({ id: 'Drivers' });

export type Driver = z.infer<typeof driverSchema>;
export type PartWithoutUsual = z.infer<typeof partWithoutUsualSchema>;
export type Drivers = z.infer<typeof driversSchema>;
export type DriversQuery = z.input<typeof driversQuerySchema>;
