import * as z from 'zod';
import { sentimentSchema } from './sentiment';

/** The most further articles that one message announces after its first. */
const MOST_MORE = 99;

/**
 * A new article waits for its score, and so do those in `more`. This is only a hint: the pending index guarantees that
 * they are scored. A receiver that does not know `more` scores only the first; the others are announced again once they
 * are overdue.
 */
export const articleIngestedSchema = z.object({
  type: z.literal('ArticleIngested'),
  version: z.literal(1),
  articleId: z.string().length(26),
  /** Milliseconds since 1970, UTC: when the article was stored. */
  storedAt: z.number().int().nonnegative(),
  more: z
    .array(z.object({ articleId: z.string().length(26), storedAt: z.number().int().nonnegative() }))
    .max(MOST_MORE)
    .optional(),
});
export type ArticleIngested = z.infer<typeof articleIngestedSchema>;

/** An article has been scored; `sourceIds` and `topicIds` let a listener filter without a look-up. */
export const articleScoredSchema = z.object({
  type: z.literal('ArticleScored'),
  version: z.literal(1),
  articleId: z.string().length(26),
  scoredAt: z.number().int().nonnegative(),
  sourceIds: z.array(z.string()),
  topicIds: z.array(z.string()),
  sentiment: sentimentSchema,
});
export type ArticleScored = z.infer<typeof articleScoredSchema>;
