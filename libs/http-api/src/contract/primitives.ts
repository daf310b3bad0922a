import { groupName, LONGEST_GROUP } from '@barometer/kernel';
import * as z from 'zod';

/** A time in answers: ISO 8601 in UTC, such as `2026-11-23T00:15:00.000Z`. */
export const timeSchema = z.iso.datetime().meta({ description: 'ISO 8601, UTC', examples: ['2026-11-23T00:15:00.000Z'] });

/** A time in requests: ISO 8601 with `Z` or an offset, or a day (its midnight in UTC). */
export const timeParameter = z
  .union([z.iso.datetime({ offset: true }), z.iso.date()], { error: 'must be an ISO 8601 time such as 2026-11-23T00:15:00Z' })
  .meta({ description: 'ISO 8601 time with Z or an offset, or a day (midnight UTC)', examples: ['2026-11-22T00:00:00Z'] });

/** A duration in requests: `24h`, `7d`; at most as long as counts are kept. */
export const spanParameter = z
  .string()
  .regex(/^[1-9]\d{0,3}[hd]$/, 'must be a number of hours or days such as 24h or 7d')
  .meta({
    description: 'How far back from `to`, in hours or days; at most as long as counts are kept, which is 90d unless it is set otherwise',
    examples: ['24h', '7d'],
  });

/** The id of a source or a topic: a slug. */
export const slugSchema = z
  .string()
  .regex(/^[A-Za-z0-9][A-Za-z0-9._-]{0,99}$/, 'must be an id: letters, digits, dots, dashes')
  .meta({ description: 'Short stable id', examples: ['the-guardian-world'] });

/** The id of an article: 26 characters of base32. */
export const articleIdSchema = z
  .string()
  .regex(/^[a-z2-7]{26}$/, 'must be an article id: 26 characters of a-z and 2-7')
  .meta({ description: 'Article id', examples: ['mfzwizltoq4dqnrzgm2tkmzzha'] });

export const periodSchema = z
  .object({ from: timeSchema, to: timeSchema })
  .meta({ id: 'Period', description: 'A half-open period: it includes `from` and excludes `to`.' });

/** Whether the answer comes from the sample data set, because no real article has been scored yet. */
export const sampleFlag = z.boolean().meta({ description: 'True while the answer comes from the sample data set' });

export const count = z.number().int().nonnegative();
export const toneSchema = z.number().min(-1).max(1).meta({ description: 'P(positive) - P(negative), -1...1' });

/** An IANA time zone that this runtime knows. */
export const timeZoneParameter = z
  .string()
  .max(64)
  .refine(isTimeZone, 'must be an IANA time zone such as Europe/Berlin')
  .meta({ description: 'IANA time zone; hours are summed into its local days', examples: ['Europe/Berlin'] });

function isTimeZone(name: string): boolean {
  try {
    new Intl.DateTimeFormat('en', { timeZone: name });
    return true;
  } catch {
    return false;
  }
}

/** The name of a group of sources; `News/World` is a group within News. */
export const groupSchema = z
  .string()
  .superRefine((text, context) => {
    const name = groupName(text);
    if (!name.ok) context.addIssue({ code: 'custom', message: name.error });
  })
  .meta({ description: 'Name of a group of sources, with slashes between its levels', maxLength: LONGEST_GROUP, examples: ['News/World'] });

/** The fields for the scope and the period of figures. */
export const scopeFields = {
  topic: slugSchema.optional().describe('Only articles of this topic'),
  source: slugSchema.optional().describe('Only articles that this source lists'),
  group: groupSchema
    .optional()
    .describe(
      "Only articles listed by sources of this group, or of a group below it; not together with source. Figures are the sums of its present sources' figures: an article counts once for each of them that lists it",
    ),
};

/** The requested scope, repeated in the answer. */
export const scopeAnswer = { topic: z.string().optional(), source: z.string().optional(), group: z.string().optional() };

export const periodFields = {
  from: timeParameter.optional(),
  to: timeParameter.optional(),
  period: spanParameter.optional(),
};

export type Period = z.infer<typeof periodSchema>;

/** How much of a period's articles an answer about its stories is based on. */
export const searchedSchema = z.enum(['all', 'largest']).meta({
  description:
    'all: every part was considered. largest: stories were searched among the newest 500 articles and the largest of each day; the figures of listed stories include all of their articles, others may be missing. For a group of sources only its newest 500 articles were considered, and the figures of stories are based on these',
});

export type Searched = z.infer<typeof searchedSchema>;
