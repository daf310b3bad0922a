import { labelSchema, modelRefSchema, sentimentSchema } from '@barometer/events';
import * as z from 'zod';
import { explanationFields } from './explanation';
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
    receives: count.meta({ description: 'How many attempts there were to score it' }),
    changes: count.meta({ description: 'How often the feed changed its title or summary later' }),
  })
  .meta({ id: 'Journey', description: 'What happened to an article, and when' });

export const judgementSchema = z
  .object({ label: labelSchema, at: timeSchema })
  .meta({ id: 'Judgement', description: "A reader's label for the article; it counts instead of the model's" });

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
    reason: z.string().optional().meta({ description: 'Why it failed or was skipped; not of an article that counts' }),
    sentiment: sentimentSchema.optional().meta({
      description: 'The sentiment that counts: the score of the model, or, with a `judgement`, the values for that label (tone -0.82, -0.05 or 0.62)',
    }),
    judgement: judgementSchema.optional(),
    modelSentiment: sentimentSchema.optional().meta({ description: "The model's own latest score of an article that counts with a judgement" }),
    storyId: articleIdSchema.optional().meta({ description: 'The story of the article; absent until it is scored' }),
    journey: journeySchema,
  })
  .meta({ id: 'Article' });

export const judgeRequestSchema = z.strictObject({ label: labelSchema }).meta({ id: 'JudgeRequest' });

export const articleExplanationSchema = z
  .object({
    articleId: articleIdSchema,
    ...explanationFields,
    scoredBy: modelRefSchema.meta({ description: 'The model whose score is stored' }),
    scoredTone: z.number().min(-1).max(1).meta({ description: 'The stored tone of the model' }),
    sameModel: z.boolean().meta({ description: 'False: the explaining model is not the one whose score is stored, so the tones may differ' }),
    judgement: judgementSchema.optional().meta({ description: 'A reader has judged: the article counts with that label, not with the explained score' }),
  })
  .meta({ id: 'ArticleExplanation' });

export const MAX_PAGE = 100;
const LIMIT_WORDS = `must be a whole number from 1 to ${MAX_PAGE}`;

export const articlesQuerySchema = z.strictObject({
  ...scopeFields,
  ...periodFields,
  label: labelSchema.optional(),
  state: articleStateSchema.optional(),
  q: z.string().trim().max(200, 'must be at most 200 characters').optional().describe('Words that title or summary must all contain, as beginnings of words'),
  limit: z.coerce.number(LIMIT_WORDS).int(LIMIT_WORDS).min(1, LIMIT_WORDS).max(MAX_PAGE, LIMIT_WORDS).default(50),
  cursor: z.string().min(1).max(500).optional().describe('The cursor from the previous page'),
});

export const articlePageSchema = z
  .object({
    items: z.array(articleSchema).meta({ description: 'Newest first; may be short, or empty, although more follow' }),
    searchedTo: timeSchema.meta({ description: 'Everything newer than this was searched' }),
    cursor: z.string().optional().meta({ description: 'Asks for the next page; absent at the end' }),
    sample: sampleFlag,
  })
  .meta({ id: 'ArticlePage' });

export const judgementsQuerySchema = z.strictObject({
  limit: articlesQuerySchema.shape.limit,
  cursor: articlesQuerySchema.shape.cursor,
});

export const judgementPageSchema = z
  .object({
    items: z.array(articleSchema).meta({ description: 'Articles that a reader judged, the newest article first' }),
    cursor: z.string().optional().meta({ description: 'Asks for the next page; absent at the end' }),
  })
  .meta({ id: 'JudgementPage' });

export const articleParamsSchema = z.strictObject({ id: articleIdSchema });

export const redriveSchema = z.object({ redriven: count }).meta({ id: 'Redrive', description: 'How many failed articles are pending again' });

export type ArticleState = z.infer<typeof articleStateSchema>;
export type Journey = z.infer<typeof journeySchema>;
export type Article = z.infer<typeof articleSchema>;
/** The query as a client sends it; the server adds the default of `limit`. */
export type ArticlesQuery = z.input<typeof articlesQuerySchema>;
export type ArticlePage = z.infer<typeof articlePageSchema>;
export type Judgement = z.infer<typeof judgementSchema>;
export type JudgementPage = z.infer<typeof judgementPageSchema>;
export type JudgeRequest = z.infer<typeof judgeRequestSchema>;
export type ArticleExplanation = z.infer<typeof articleExplanationSchema>;
export type Redrive = z.infer<typeof redriveSchema>;
