export const SECOND = 1_000;
export const MINUTE = 60 * SECOND;
export const HOUR = 60 * MINUTE;
export const DAY = 24 * HOUR;

/** Articles, roll-ups and observations are kept this long after their bucket's time. */
export const RETENTION = 90 * DAY;

/** The UTC hour that a time in milliseconds falls into, as whole hours since 1970. */
export const hourOf = (time: number): number => Math.floor(time / HOUR);

/** The UTC day that an hour number falls into, as whole days since 1970. */
export const dayOfHour = (hour: number): number => Math.floor(hour / 24);

/** When an hour's articles, roll-ups and observations expire, in milliseconds since 1970. */
export const expiryOf = (hour: number): number => hour * HOUR + RETENTION;

/** The latest hour that has expired at `now`. */
export const lastExpiredHour = (now: number): number => hourOf(now - RETENTION);
