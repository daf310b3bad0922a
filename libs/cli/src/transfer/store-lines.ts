import { readerJudgementSchema, sentimentSchema } from '@barometer/events';
import * as z from 'zod';

/** The version of the file's format; others are refused. */
export const FORMAT = 1;

const time = z.number().int();
const named = z.looseObject({ id: z.string().min(1) });

/** An article in the file; ids and keys are included so that it is recognised later. */
export const articleLineSchema = z.object({
  id: z.string().regex(/^[a-z2-7]{26}$/),
  url: z.string(),
  keys: z.array(z.string()),
  title: z.string(),
  summary: z.string(),
  publisher: z.string().optional(),
  language: z.string().optional(),
  sourceIds: z.array(z.string()).min(1),
  publishedAt: time,
  dated: z.boolean(),
  fetchedAt: time,
  state: z.enum(['pending', 'scored', 'failed', 'skipped']),
  reason: z.string().optional(),
  sentiment: sentimentSchema.optional(),
  judgement: readerJudgementSchema.optional(),
});
export type ArticleLine = z.infer<typeof articleLineSchema>;

/** A line of the file. Sources, topics, rules and digests have the form in which their stores keep them. */
export const lineSchema = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('barometer'), format: z.number(), exportedAt: time }),
  z.object({ kind: z.literal('source'), source: named }),
  z.object({ kind: z.literal('topic'), topic: named }),
  z.object({ kind: z.literal('key'), key: named }),
  z.object({ kind: z.literal('channel'), channel: named }),
  z.object({ kind: z.literal('rule'), rule: named }),
  z.object({ kind: z.literal('digest'), digest: named }),
  z.object({ kind: z.literal('hours'), of: z.enum(['observed', 'imported']), sourceId: z.string(), hours: z.array(z.number().int().nonnegative()) }),
  z.object({ kind: z.literal('article'), article: articleLineSchema }),
  z.object({ kind: z.literal('end'), articles: z.number().int() }),
]);
export type StoreLine = z.infer<typeof lineSchema>;
