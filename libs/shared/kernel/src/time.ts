export const SECOND = 1_000;
export const MINUTE = 60 * SECOND;
export const HOUR = 60 * MINUTE;
export const DAY = 24 * HOUR;

/** The default retention. */
export const RETENTION = 90 * DAY;

/** How long data is kept after the time of its bucket, in milliseconds. */
export interface Retention {
  /** Articles with their index words, list entries and stories. */
  readonly articles: number;
  /** Roll-ups, and the hours that were observed or imported; not shorter than articles. */
  readonly rollups: number;
}

export const STANDARD_RETENTION: Retention = { articles: RETENTION, rollups: RETENTION };

/** The UTC hour that a time in milliseconds falls into, as whole hours since 1970. */
export const hourOf = (time: number): number => Math.floor(time / HOUR);

/** The UTC day that an hour number falls into, as whole days since 1970. */
export const dayOfHour = (hour: number): number => Math.floor(hour / 24);

/** When something that belongs to an hour and is kept for `kept` milliseconds expires; in milliseconds since 1970. */
export const expiryOf = (hour: number, kept = RETENTION): number => hour * HOUR + kept;

/**
 * The bound for an article's stored expiry at `now`. Stores record when an article would expire after 90 days, whatever
 * retention is set, so that a new setting takes effect at once for stored articles without a write.
 */
export const expiryBound = (now: number, { articles }: Retention): number => now - (articles - RETENTION);

/** The time of an operation, and the retention of the store. */
export interface Moment {
  readonly now: number;
  readonly retention: Retention;
}

/** Whether an article that was published at this time is still kept. */
export const isKept = (publishedAt: number, { now, retention }: Moment): boolean => expiryOf(hourOf(publishedAt)) > expiryBound(now, retention);

/** The latest hour that has expired at `now` with a retention of `kept` milliseconds. */
export const lastExpiredHour = (now: number, kept: number): number => hourOf(now - kept);
