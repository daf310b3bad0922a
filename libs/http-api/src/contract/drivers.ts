import * as z from 'zod';
import { count, periodFields, periodSchema, sampleFlag, scopeFields, timeSchema, toneSchema } from './primitives';

export const MAX_DRIVERS = 20;
const LIMIT_WORDS = `must be a whole number from 1 to ${MAX_DRIVERS}`;

export const driverKindSchema = z.enum(['story', 'topic', 'source']);
export const comparisonSchema = z.enum(['before', 'usual']);

export const driversQuerySchema = z.strictObject({
  ...scopeFields,
  ...periodFields,
  by: driverKindSchema.default('story').describe('What the difference is taken apart by'),
  against: comparisonSchema.default('before').describe('before: the equally long period before; usual: the four weeks before'),
  limit: z.coerce.number(LIMIT_WORDS).int(LIMIT_WORDS).min(1, LIMIT_WORDS).max(MAX_DRIVERS, LIMIT_WORDS).default(3).describe('So many that lifted, and so many that lowered'),
});

const effect = z.number();

export const driverSchema = z
  .object({
    id: z.string().meta({ description: 'Of the story (the id of its first article), topic or source' }),
    name: z.string().meta({ description: 'The headline of the most typical article of a story; else the name' }),
    articleId: z.string().optional().meta({ description: 'Its article of the period that sounds most like what it did' }),
    headline: z.string().optional().meta({ description: 'The headline of that article' }),
    effect: effect.meta({ description: 'What it moved the mean tone by: toneEffect and mixEffect together' }),
    toneEffect: effect.meta({ description: 'By sounding otherwise than before' }),
    mixEffect: effect.meta({ description: 'By having another share of the articles than before' }),
    articles: count,
    tone: toneSchema.nullable().meta({ description: 'Mean tone in the period; null without articles' }),
    previousArticles: count,
    previousTone: toneSchema.nullable(),
  })
  .meta({ id: 'Driver', description: 'A part of the news that moved the mood' });

export const driversSchema = z
  .object({
    period: periodSchema,
    comparison: periodSchema,
    by: driverKindSchema,
    against: comparisonSchema,
    topic: z.string().optional(),
    source: z.string().optional(),
    tone: toneSchema.nullable(),
    previousTone: toneSchema.nullable(),
    difference: z.number().nullable().meta({ description: 'tone - previousTone: the effects and the rest sum to it. Null where one of the periods has no scored article' }),
    lifted: z.array(driverSchema).meta({ description: 'The largest effect first' }),
    lowered: z.array(driverSchema).meta({ description: 'The largest effect first' }),
    rest: z.number().nullable().meta({ description: 'What is left of the difference: of parts that are not listed, and of articles in none or in several' }),
    searchedTo: timeSchema.meta({ description: 'Stories and headlines were looked for in everything newer than this' }),
    sample: sampleFlag,
  })
  .meta({ id: 'Drivers' });

export type Driver = z.infer<typeof driverSchema>;
export type Drivers = z.infer<typeof driversSchema>;
export type DriversQuery = z.input<typeof driversQuerySchema>;
