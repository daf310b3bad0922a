import * as z from 'zod';
import { articleSchema } from './articles';
import { articleIdSchema, count, periodFields, periodSchema, sampleFlag, scopeAnswer, scopeFields, searchedSchema, timeSchema, toneSchema } from './primitives';

export const MAX_STORIES = 50;
const LIMIT_WORDS = `must be a whole number from 1 to ${MAX_STORIES}`;

export const storiesQuerySchema = z.strictObject({
  ...scopeFields,
  ...periodFields,
  order: z.enum(['size', 'weight']).default('size').describe('By articles, or by how far a story moves the mean tone, either way'),
  limit: z.coerce.number(LIMIT_WORDS).int(LIMIT_WORDS).min(1, LIMIT_WORDS).max(MAX_STORIES, LIMIT_WORDS).default(20),
});

export const storyVoiceSchema = z
  .object({
    name: z.string().meta({ description: 'The publisher; if the feed names none, the name of the source, or its id if the source was removed' }),
    sourceId: z.string(),
    articles: count,
    tone: toneSchema.meta({ description: 'Mean tone of its articles of the story' }),
  })
  .meta({ id: 'StoryVoice', description: 'How one publisher reports a story' });

const storyFields = {
  id: articleIdSchema.meta({ description: 'The id of its first article' }),
  title: z.string().meta({ description: 'The headline of the most typical article' }),
  articleId: articleIdSchema.meta({ description: 'The most typical article' }),
  articles: count,
  publishers: count,
  firstAt: timeSchema,
  lastAt: timeSchema,
  tone: toneSchema.meta({ description: 'Mean tone' }),
  voices: z.array(storyVoiceSchema).meta({
    description: 'Its tone by publisher, the most negative first; for a story with more than a hundred articles, from its newest hundred and its first',
  }),
};

export const storySchema = z
  .object({
    ...storyFields,
    weight: z.number().meta({ description: 'Its contribution to the mean tone: the sum of its tones divided by the number of all articles' }),
  })
  .meta({ id: 'Story', description: 'Articles of one event; in a list, those in its scope and period' });

export const storiesSchema = z
  .object({
    period: periodSchema,
    keptSince: timeSchema.optional().meta({
      description: 'Only where the period that was asked for begins before any article is kept: stories are of articles from here on',
    }),
    ...scopeAnswer,
    stories: z.array(storySchema).meta({ description: 'Those with at least two articles' }),
    articles: count.meta({ description: 'Scored articles of the period' }),
    searched: searchedSchema,
    sample: sampleFlag,
  })
  .meta({ id: 'Stories' });

export const storyDetailSchema = z
  .object({
    ...storyFields,
    members: z.array(articleSchema).meta({ description: 'Newest first; for a story with more than a hundred, the newest and the first' }),
    sample: sampleFlag,
  })
  .meta({ id: 'StoryDetail' });

export const storyParamsSchema = z.strictObject({ id: articleIdSchema });

export type StoryVoice = z.infer<typeof storyVoiceSchema>;
export type Story = z.infer<typeof storySchema>;
export type Stories = z.infer<typeof storiesSchema>;
export type StoryDetail = z.infer<typeof storyDetailSchema>;
export type StoriesQuery = z.input<typeof storiesQuerySchema>;
