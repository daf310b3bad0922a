import * as z from 'zod';
import { articleSchema } from './articles';
import { articleIdSchema, count, periodFields, periodSchema, sampleFlag, scopeFields, timeSchema, toneSchema } from './primitives';

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
    name: z.string().meta({ description: 'The publisher, or the source where the feed names none' }),
    sourceId: z.string(),
    articles: count,
    tone: toneSchema.meta({ description: 'Mean tone of its articles of the story' }),
  })
  .meta({ id: 'StoryVoice', description: 'How one publisher tells a story' });

const storyFields = {
  id: articleIdSchema.meta({ description: 'The id of its first article' }),
  title: z.string().meta({ description: 'The headline of the most typical article' }),
  articleId: articleIdSchema.meta({ description: 'The most typical article' }),
  articles: count,
  publishers: count,
  firstAt: timeSchema,
  lastAt: timeSchema,
  tone: toneSchema.meta({ description: 'Mean tone' }),
  voices: z.array(storyVoiceSchema).meta({ description: 'Its spread over publishers, the darkest first' }),
};

export const storySchema = z
  .object({ ...storyFields, weight: z.number().meta({ description: 'How far it moves the mean tone: the sum of its tones over all articles that were looked at' }) })
  .meta({ id: 'Story', description: 'Articles of one event; in a list, those in its scope and period' });

export const storiesSchema = z
  .object({
    period: periodSchema,
    topic: z.string().optional(),
    source: z.string().optional(),
    stories: z.array(storySchema).meta({ description: 'Those that at least two articles tell' }),
    articles: count.meta({ description: 'Scored articles that were looked at, among the newest 500' }),
    searchedTo: timeSchema.meta({ description: 'Everything newer than this was looked at' }),
    sample: sampleFlag,
  })
  .meta({ id: 'Stories' });

export const storyDetailSchema = z
  .object({ ...storyFields, members: z.array(articleSchema).meta({ description: 'Newest first; of a story of more than a hundred, the newest and the first' }), sample: sampleFlag })
  .meta({ id: 'StoryDetail' });

export const storyParamsSchema = z.strictObject({ id: articleIdSchema });

export type StoryVoice = z.infer<typeof storyVoiceSchema>;
export type Story = z.infer<typeof storySchema>;
export type Stories = z.infer<typeof storiesSchema>;
export type StoryDetail = z.infer<typeof storyDetailSchema>;
export type StoriesQuery = z.input<typeof storiesQuerySchema>;
