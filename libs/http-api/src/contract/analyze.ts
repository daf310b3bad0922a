import { modelRefSchema, sentimentSchema } from '@barometer/events';
import * as z from 'zod';

export const MAX_TEXTS = 64;
export const MAX_TEXT_BYTES = 64 * 1024;
export const MAX_ANALYZE_BODY = 4 * 1024 * 1024;

/** Sizes are checked by the route, not here: what is too large is answered with 413, not 400. */
export const analyzeRequestSchema = z
  .strictObject({
    texts: z
      .array(z.string().refine((text) => text.trim() !== '', 'must not be empty'))
      .min(1, 'must hold at least one text')
      .meta({ description: `1 to ${MAX_TEXTS} texts of at most ${MAX_TEXT_BYTES} bytes in UTF-8`, examples: [['A breakthrough', 'A disaster']] }),
  })
  .meta({ id: 'AnalyzeRequest' });

export const analyzeResponseSchema = z
  .object({ results: z.array(sentimentSchema).meta({ description: 'One a text, in the same order' }), model: modelRefSchema })
  .meta({ id: 'AnalyzeResponse' });

export type AnalyzeRequest = z.infer<typeof analyzeRequestSchema>;
export type AnalyzeResponse = z.infer<typeof analyzeResponseSchema>;
