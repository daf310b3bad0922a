import type { AlertScope } from './rule';

export const weekdays = ['monday', 'tuesday', 'wednesday', 'thursday', 'friday', 'saturday', 'sunday'] as const;
export type Weekday = (typeof weekdays)[number];

/** When a digest is due: at a time of day in a time zone, every day or on one day of the week. */
export interface DigestSchedule {
  readonly every: 'day' | 'week';
  /** Only for a weekly digest. */
  readonly weekday: Weekday;
  /** `HH:MM`, 24 hours. */
  readonly time: string;
  /** An IANA name such as `Europe/Vienna`. */
  readonly timeZone: string;
}

/** A digest as a user defines it. */
export interface DigestForm extends DigestSchedule {
  readonly name: string;
  readonly scope: AlertScope;
  readonly channelIds: readonly string[];
  readonly enabled: boolean;
}

/**
 * What happened to an edition that was due.
 * - `told`: it is in the outbox.
 * - `silent`: there was nothing to report.
 * - `skipped`: Barometer was down until it was too late to send it.
 * - `scope-gone`: its topic or source was removed, or its group is empty now.
 */
export type EditionOutcome = 'told' | 'silent' | 'skipped' | 'scope-gone';

/** Up to when editions are settled. Times are milliseconds since 1970. */
export interface DigestState {
  /** Every edition that was due up to here has been sent or skipped. */
  readonly settledTo: number;
  readonly last?:
    | {
        readonly dueAt: number;
        readonly outcome: EditionOutcome;
        /** Why it was not sent. */
        readonly reason?: string | undefined;
        /** Earlier editions that were due while Barometer was not running. */
        readonly skipped: number;
      }
    | undefined;
}

/** A summary that is sent once a day or once a week. */
export interface Digest extends DigestForm {
  readonly id: string;
  readonly createdAt: number;
  readonly changedAt: number;
  /** Counts the changes of the stored digest; a writer must name the version that it read. */
  readonly version: number;
  readonly state: DigestState;
}

/** Whether two schedules are due at the same moments. */
export const isSameSchedule = (one: DigestSchedule, other: DigestSchedule): boolean =>
  one.every === other.every && one.time === other.time && one.timeZone === other.timeZone && (one.every === 'day' || one.weekday === other.weekday);
