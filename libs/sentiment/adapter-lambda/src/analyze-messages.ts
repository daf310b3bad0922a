import { sentimentSchema } from '@barometer/events';
import * as z from 'zod';

/** The event that invokes the Analysis function to score texts that are not articles. */
export const analyzeEventSchema = z.strictObject({ texts: z.array(z.string()) });
export type AnalyzeEvent = z.infer<typeof analyzeEventSchema>;

/** Its answer: one sentiment a text, in the same order. */
export const analyzeAnswerSchema = z.object({ results: z.array(sentimentSchema) });
export type AnalyzeAnswer = z.infer<typeof analyzeAnswerSchema>;
