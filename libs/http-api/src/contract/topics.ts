import { sentimentSchema } from '@barometer/events';
import * as z from 'zod';
import { articleIdSchema, count, sampleFlag, slugSchema, timeSchema } from './primitives';

const phrases = z.array(z.string().trim().min(1, 'must not be empty').max(100, 'must be at most 100 characters')).max(100, 'must be at most 100 phrases');

const ruleFields = {
  anyOf: phrases.default([]).meta({ description: 'At least one of these (if any are given)' }),
  allOf: phrases.default([]).meta({ description: 'Every one of these' }),
  noneOf: phrases.default([]).meta({ description: 'None of these' }),
};

const asksForSomething = (rule: { anyOf: string[]; allOf: string[] }) => rule.anyOf.length + rule.allOf.length > 0;
const needsPhrases = { error: 'must hold at least one phrase in anyOf or allOf', path: ['anyOf'] };

export const topicRuleSchema = z.strictObject(ruleFields).refine(asksForSomething, needsPhrases).meta({ id: 'TopicRule' });

export const newTopicSchema = z
  .strictObject({ name: z.string().trim().min(1, 'must not be empty').max(80, 'must be at most 80 characters'), ...ruleFields })
  .refine(asksForSomething, needsPhrases)
  .meta({ id: 'NewTopic', description: 'Phrases match as whole words, ignoring case' });

export const topicSchema = z
  .object({
    id: z.string(),
    name: z.string(),
    anyOf: z.array(z.string()),
    allOf: z.array(z.string()),
    noneOf: z.array(z.string()),
    version: z.number().int().positive(),
    readyVersion: z.number().int().positive().optional().meta({ description: 'The version that figures are based on' }),
    backfilling: z.boolean().meta({ description: 'True until figures are based on the newest version' }),
    createdAt: timeSchema,
    changedAt: timeSchema,
  })
  .meta({ id: 'Topic' });

export const topicListSchema = z.object({ items: z.array(topicSchema), sample: sampleFlag }).meta({ id: 'TopicList' });
export const topicParamsSchema = z.strictObject({ id: slugSchema });

export const topicPreviewSchema = z
  .object({
    matched: count,
    searched: count.meta({ description: 'How many recent articles were searched' }),
    searchedTo: timeSchema.meta({ description: 'Articles from here on were searched' }),
    examples: z.array(z.object({ id: articleIdSchema, title: z.string(), url: z.string(), publishedAt: timeSchema, sentiment: sentimentSchema.optional() })),
    sample: sampleFlag,
  })
  .meta({ id: 'TopicPreview' });

export type Topic = z.infer<typeof topicSchema>;
export type TopicList = z.infer<typeof topicListSchema>;
/** A rule as a client sends it; missing phrase lists are empty. */
export type TopicRule = z.input<typeof topicRuleSchema>;
export type NewTopic = z.input<typeof newTopicSchema>;
export type TopicPreview = z.infer<typeof topicPreviewSchema>;
