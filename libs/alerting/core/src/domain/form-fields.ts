import { groupName, hasHiddenCharacters, HIDDEN_CHARACTERS_RULE, LONGEST_GROUP } from '@barometer/kernel';
import * as z from 'zod';

export const idSchema = z.string().regex(/^[a-z0-9][a-z0-9._-]{0,99}$/i, 'must be an id of letters, digits, dots and hyphens');
export const nameSchema = z
  .string()
  .trim()
  .min(1, 'must not be empty')
  .max(80, 'must be at most 80 characters')
  .refine((name) => !hasHiddenCharacters(name), HIDDEN_CHARACTERS_RULE);
/** The channels that are notified, each once. */
export const channelIdsSchema = z
  .array(idSchema)
  .max(10, 'must be at most 10 channels')
  .transform((ids) => [...new Set(ids)]);
export const timeOfDaySchema = z.string().regex(/^([01]\d|2[0-3]):[0-5]\d$/, 'must be a time of day such as 22:00');
export const timeZoneSchema = z.string().max(64).refine(isTimeZone, 'must be a time zone such as Europe/Vienna');
export const groupSchema = z
  .string()
  .superRefine((text, context) => {
    const name = groupName(text);
    if (!name.ok) context.addIssue({ code: 'custom', message: name.error });
  })
  .meta({ description: 'Name of a group of sources', maxLength: LONGEST_GROUP });
export const scopeSchema = z
  .strictObject({ topicId: idSchema.optional(), sourceId: idSchema.optional(), group: groupSchema.optional() })
  .refine(({ sourceId, group }) => sourceId === undefined || group === undefined, { path: ['group'], error: 'cannot stand beside a source' })
  .default({});

function isTimeZone(zone: string): boolean {
  try {
    return new Intl.DateTimeFormat('en', { timeZone: zone }) !== undefined;
  } catch {
    return false;
  }
}
