import { HOUR, MINUTE } from '@barometer/kernel';

/** That somebody is to be told of an episode; becomes part of a delivery once its time has come. */
export interface Telling {
  readonly id: string;
  readonly channelId: string;
  readonly episodeId: string;
  readonly event: 'opened' | 'closed';
  /** Not before this time: quiet hours. */
  readonly availableAt: number;
}

/** One notice to one channel, of all that had happened by then. Its id stays the same through every attempt. */
export interface Delivery {
  readonly id: string;
  readonly channelId: string;
  readonly told: readonly { readonly episodeId: string; readonly event: 'opened' | 'closed' }[];
  readonly state: 'waiting' | 'sent' | 'failed';
  readonly attempts: number;
  readonly createdAt: number;
  /** When it is tried next, or until when somebody is at it. */
  readonly availableAt: number;
  readonly sentAt?: number | undefined;
  /** Why the last attempt failed. */
  readonly reason?: string | undefined;
}

/** How one attempt ended. */
export type Outcome =
  | { readonly kind: 'sent' }
  /** `gone`: the receiver wants nothing any more. `retry`: it may work later. */
  | { readonly kind: 'failed'; readonly reason: string; readonly retry: boolean; readonly gone?: boolean; readonly retryAfterMs?: number };

/** Waits between attempts: together a day. */
const WAITS = [MINUTE, 5 * MINUTE, 15 * MINUTE, HOUR, 2 * HOUR, 4 * HOUR, 8 * HOUR, 9 * HOUR];
/** A receiver that asks for more time gets it up to this. */
const LONGEST_WAIT = 24 * HOUR;

/** What becomes of a delivery after an attempt. */
export function afterAttempt(delivery: Delivery, outcome: Outcome, now: number): Delivery {
  const attempts = delivery.attempts + 1;
  const { reason: _, ...rest } = delivery;
  if (outcome.kind === 'sent') return { ...rest, state: 'sent', attempts, sentAt: now, availableAt: now };
  const wait = WAITS[attempts - 1];
  if (!outcome.retry || wait === undefined) return { ...rest, state: 'failed', attempts, reason: outcome.reason, availableAt: now };
  return { ...rest, attempts, reason: outcome.reason, availableAt: now + Math.max(wait, Math.min(outcome.retryAfterMs ?? 0, LONGEST_WAIT)) };
}
