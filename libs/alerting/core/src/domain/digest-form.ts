import * as z from 'zod';
import { weekdays } from './digest';
import { channelIdsSchema, nameSchema, scopeSchema, timeOfDaySchema, timeZoneSchema } from './form-fields';

/** When a digest is due and what it covers, with the defaults for what is left out. */
export const scheduleFields = {
  every: z.enum(['day', 'week']).default('day'),
  weekday: z.enum(weekdays).default('monday').meta({ description: 'Of a weekly digest' }),
  time: timeOfDaySchema
    .default('07:00')
    .meta({ description: 'In the time zone. A time that the clock skips is told after the change, one that it shows twice is told the first time' }),
  timeZone: timeZoneSchema,
};

/** A digest as a user writes it. */
export const digestFormSchema = z.strictObject({
  name: nameSchema,
  ...scheduleFields,
  scope: scopeSchema,
  channelIds: channelIdsSchema.refine((ids) => ids.length > 0, 'must name at least one channel'),
  enabled: z.boolean().default(true),
});
