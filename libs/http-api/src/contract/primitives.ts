import * as z from 'zod';

/** A moment on the wire: ISO 8601 in UTC, such as `2026-11-23T00:15:00.000Z`. */
export const timeSchema = z.iso.datetime().meta({ description: 'ISO 8601, UTC', examples: ['2026-11-23T00:15:00.000Z'] });

/** A moment as a request may give it: ISO 8601 with `Z` or an offset, or a day (its midnight in UTC). */
export const timeParameter = z
  .union([z.iso.datetime({ offset: true }), z.iso.date()], { error: 'must be an ISO 8601 time such as 2026-11-23T00:15:00Z' })
  .meta({ description: 'ISO 8601 time with Z or an offset, or a day (midnight UTC)', examples: ['2026-11-22T00:00:00Z'] });

/** A length of time as a request may give it: `24h`, `7d`; at most the 90 days that are kept. */
export const spanParameter = z
  .string()
  .regex(/^[1-9]\d{0,3}[hd]$/, 'must be a number of hours or days such as 24h or 7d')
  .meta({ description: 'How far back from `to`, in hours or days; at most 90d', examples: ['24h', '7d'] });

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
  .meta({ id: 'Period', description: 'A half-open stretch of time: `from` belongs to it, `to` does not.' });

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

/** The fields that name what a figure is about, and when. */
export const scopeFields = {
  topic: slugSchema.optional().describe('Only articles of this topic'),
  source: slugSchema.optional().describe('Only articles that this source lists'),
};

export const periodFields = {
  from: timeParameter.optional(),
  to: timeParameter.optional(),
  period: spanParameter.optional(),
};

export type Period = z.infer<typeof periodSchema>;
