import type * as z from 'zod';
import { SettingsError, whole, withoutStack } from './settings';
import { DAY, RETENTION, type Retention } from './time';

/** Ten years. */
export const MOST_RETENTION_DAYS = 3_650;

const days = whole(1, MOST_RETENTION_DAYS);

/** Environment variables for how long things are kept; part of the schema of an app's settings. */
export const retentionSettings = {
  RETENTION_DAYS: days.default(RETENTION / DAY),
  /** Default: the same as articles. */
  ROLLUP_RETENTION_DAYS: days.optional(),
} satisfies z.ZodRawShape;

/** @throws SettingsError if roll-ups would be kept for a shorter time than the articles they are made from */
export function retentionOf({
  RETENTION_DAYS: articles,
  ROLLUP_RETENTION_DAYS: rollups = articles,
}: {
  readonly RETENTION_DAYS: number;
  readonly ROLLUP_RETENTION_DAYS?: number | undefined;
}): Retention {
  if (rollups < articles)
    throw withoutStack(new SettingsError(`ROLLUP_RETENTION_DAYS must not be less than RETENTION_DAYS, which is ${articles} (it is "${rollups}")`));
  return { articles: articles * DAY, rollups: rollups * DAY };
}
