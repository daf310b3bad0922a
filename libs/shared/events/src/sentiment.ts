import * as z from 'zod';

export const labels = ['negative', 'neutral', 'positive'] as const;

/** The sentiment of a text. */
export const labelSchema = z.enum(labels);
export type Label = z.infer<typeof labelSchema>;

/** The model that gave a score, and the revision of its files. */
export const modelRefSchema = z.object({ id: z.string().min(1), revision: z.string().min(1) });
export type ModelRef = z.infer<typeof modelRefSchema>;

/** Calibrated probabilities of the three classes; they sum to 1. */
export const scoresSchema = z.object({
  negative: z.number().min(0).max(1),
  neutral: z.number().min(0).max(1),
  positive: z.number().min(0).max(1),
});
export type Scores = z.infer<typeof scoresSchema>;

/**
 * The score of a text. `confidence` is the probability of `label`; `tone` is P(positive) - P(negative) in -1...1,
 * rounded to millionths; `uncertain` means that the confidence is below the model's threshold.
 */
export const sentimentSchema = z.object({
  label: labelSchema,
  confidence: z.number().min(0).max(1),
  scores: scoresSchema,
  tone: z.number().min(-1).max(1),
  uncertain: z.boolean(),
  model: modelRefSchema,
});
export type Sentiment = z.infer<typeof sentimentSchema>;

/** A reader's judgement of an article, and when it was given (milliseconds since 1970, UTC). */
export const readerJudgementSchema = z.object({ label: labelSchema, at: z.number().int().nonnegative() });
export type ReaderJudgement = z.infer<typeof readerJudgementSchema>;
