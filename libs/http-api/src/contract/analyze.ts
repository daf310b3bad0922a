import { modelRefSchema, sentimentSchema } from '@barometer/events';
import * as z from 'zod';
import { explanationSchema } from './explanation';

export const MAX_TEXTS = 64;
export const MAX_TEXT_BYTES = 64 * 1024;
export const MAX_ANALYZE_BODY = 4 * 1024 * 1024;

/** An explained text is scored once more for each of its words. */
export const MAX_EXPLAINED = 8;
/** Words of all texts together, counting in each only those that are examined: about two seconds on two cores. */
export const MAX_EXPLAINED_WORDS = 128;

export const analyzeQuerySchema = z.strictObject({
  explain: z
    .enum(['true', 'false'], 'must be true or false')
    .default('false')
    .meta({
      description: `true: also answer which words moved the score, for at most ${MAX_EXPLAINED} texts and ${MAX_EXPLAINED_WORDS} words; the first 64 of each text are examined`,
    }),
});

/** Sizes are checked in the route, not here: what is too large gets 413, not 400. */
export const analyzeRequestSchema = z
  .strictObject({
    texts: z
      .array(z.string().refine((text) => text.trim() !== '', 'must not be empty'))
      .min(1, 'must hold at least one text')
      .meta({ description: `1 to ${MAX_TEXTS} texts of at most ${MAX_TEXT_BYTES} bytes in UTF-8`, examples: [['A breakthrough', 'A disaster']] }),
  })
  .meta({ id: 'AnalyzeRequest' });

export const analyzeResponseSchema = z
  .object({
    results: z.array(sentimentSchema).meta({ description: 'One per text, in the same order' }),
    model: modelRefSchema,
    explanations: z.array(explanationSchema).optional().meta({ description: 'One per text, on request' }),
  })
  .meta({ id: 'AnalyzeResponse' });

export type AnalyzeRequest = z.infer<typeof analyzeRequestSchema>;
export type AnalyzeResponse = z.infer<typeof analyzeResponseSchema>;
