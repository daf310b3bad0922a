import { labelSchema, sentimentSchema } from '@barometer/events';
import * as z from 'zod';
import { articleIdSchema, count, periodFields, sampleFlag, scopeFields, timeSchema } from './primitives';

export const articleStateSchema = z.enum(['pending', 'scored', 'failed', 'skipped']);

export const journeySchema = z
  .object({
    publishedAt: timeSchema,
    dated: z.boolean().meta({ description: 'False: the feed gave no date, so publishedAt is when the item was first seen' }),
    fetchedAt: timeSchema,
    storedAt: timeSchema,
    deliveredAt: timeSchema.optional(),
    scoredAt: timeSchema.optional(),
    receives: count.meta({ description: 'How often it was handed to a scorer' }),
    changes: count.meta({ description: 'How often the feed changed its title or summary later' }),
  })
  .meta({ id: 'Journey', description: 'What happened to an article, and when' });

export const articleSchema = z
  .object({
    id: articleIdSchema,
    url: z.string().meta({ description: 'Canonical address; empty when the feed gave none' }),
    title: z.string(),
    summary: z.string(),
    publisher: z.string().optional(),
    language: z.string().optional(),
    sourceIds: z.array(z.string()).meta({ description: 'The sources that list it, the first one first' }),
    topicIds: z.array(z.string()),
    publishedAt: timeSchema,
    state: articleStateSchema,
    reason: z.string().optional().meta({ description: 'Why it failed or was skipped' }),
    sentiment: sentimentSchema.optional(),
    storyId: articleIdSchema.optional().meta({ description: 'The story that it belongs to; absent until it is scored' }),
    journey: journeySchema,
  })
  .meta({ id: 'Article' });

export const MAX_PAGE = 100;
const LIMIT_WORDS = `must be a whole number from 1 to ${MAX_PAGE}`;

export const articlesQuerySchema = z.strictObject({
  ...scopeFields,
  ...periodFields,
  label: labelSchema.optional(),
  state: articleStateSchema.optional(),
  q: z.string().trim().max(200, 'must be at most 200 characters').optional().describe('Words that title or summary must all contain, as beginnings of words'),
  limit: z.coerce.number(LIMIT_WORDS).int(LIMIT_WORDS).min(1, LIMIT_WORDS).max(MAX_PAGE, LIMIT_WORDS).default(50),
  cursor: z.string().min(1).max(500).optional().describe('The cursor of the page before'),
});

export const articlePageSchema = z
  .object({
    items: z.array(articleSchema).meta({ description: 'Newest first; may be short, or empty, though more follow' }),
    searchedTo: timeSchema.meta({ description: 'Everything newer than this was searched' }),
    cursor: z.string().optional().meta({ description: 'Asks for the next page; absent at the end' }),
    sample: sampleFlag,
  })
  .meta({ id: 'ArticlePage' });

export const articleParamsSchema = z.strictObject({ id: articleIdSchema });

export const redriveSchema = z.object({ redriven: count }).meta({ id: 'Redrive', description: 'How many failed articles wait for a score again' });

export type ArticleState = z.infer<typeof articleStateSchema>;
export type Journey = z.infer<typeof journeySchema>;
export type Article = z.infer<typeof articleSchema>;
/** What a client sends; the server fills in the default of `limit`. */
export type ArticlesQuery = z.input<typeof articlesQuerySchema>;
export type ArticlePage = z.infer<typeof articlePageSchema>;
export type Redrive = z.infer<typeof redriveSchema>;
