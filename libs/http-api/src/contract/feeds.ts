import { labelSchema } from '@barometer/events';
import * as z from 'zod';
import { periodFields, scopeFields } from './primitives';

export const MAX_FEED_ENTRIES = 100;
const LIMIT_WORDS = `must be a whole number from 1 to ${MAX_FEED_ENTRIES}`;
const TONE_WORDS = 'must be a number from -1 to 1';

const feedFields = {
  limit: z.coerce.number(LIMIT_WORDS).int(LIMIT_WORDS).min(1, LIMIT_WORDS).max(MAX_FEED_ENTRIES, LIMIT_WORDS).default(50),
  key: z.string().max(200).optional().describe('A key for this very feed, where keys are needed: "barometer keys add --feed" makes one'),
};

export const articleFeedQuerySchema = z.strictObject({
  ...scopeFields,
  label: labelSchema.optional(),
  tone: z.coerce.number(TONE_WORDS).min(-1, TONE_WORDS).max(1, TONE_WORDS).optional().describe('Only articles of at least this tone'),
  q: z.string().trim().max(200, 'must be at most 200 characters').optional().describe('Words that title or summary must all contain, as beginnings of words'),
  ...feedFields,
});

export const storyFeedQuerySchema = z.strictObject({ ...scopeFields, ...feedFields });

export const moodCardQuerySchema = z.strictObject({
  ...scopeFields,
  period: periodFields.period,
  theme: z.enum(['light', 'dark'], 'must be light or dark').optional().describe("By default that of the reader's system; a badge looks the same in both"),
  key: feedFields.key,
});

export type MoodCardQuery = z.input<typeof moodCardQuerySchema>;
export type ArticleFeedQuery = z.input<typeof articleFeedQuerySchema>;
export type StoryFeedQuery = z.input<typeof storyFeedQuerySchema>;
