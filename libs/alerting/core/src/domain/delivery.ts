import { HOUR, MINUTE } from '@barometer/kernel';

/** A pending notification of an episode; it becomes part of a delivery at `availableAt`. */
export interface Telling {
  readonly id: string;
  readonly channelId: string;
  readonly episodeId: string;
  readonly event: 'opened' | 'closed';
  /** Not before this time, because of quiet hours. */
  readonly availableAt: number;
}

/** One notice to one channel: the episodes that were pending by then, or an edition of a digest. Its id stays the same through every attempt. */
export interface Delivery {
  readonly id: string;
  readonly channelId: string;
  readonly told: readonly { readonly episodeId: string; readonly event: 'opened' | 'closed' }[];
  /** The edition of a digest that it sends; such a delivery has no episodes. */
  readonly editionId?: string | undefined;
  readonly state: 'waiting' | 'sent' | 'failed';
  readonly attempts: number;
  readonly createdAt: number;
  /** When it is tried next, or when the lease of the present attempt ends. */
  readonly availableAt: number;
  readonly sentAt?: number | undefined;
  /** Why the last attempt failed. */
  readonly reason?: string | undefined;
}

/** How one attempt ended. */
export type Outcome =
  | { readonly kind: 'sent' }
  /** `gone`: the receiver accepts nothing any more. `retry`: a later attempt may succeed. */
  | { readonly kind: 'failed'; readonly reason: string; readonly retry: boolean; readonly gone?: boolean; readonly retryAfterMs?: number };

/** Waits between attempts: together about a day. */
const WAITS = [MINUTE, 5 * MINUTE, 15 * MINUTE, HOUR, 2 * HOUR, 4 * HOUR, 8 * HOUR, 9 * HOUR];
/** A receiver may ask for a longer wait, up to this. */
const LONGEST_WAIT = 24 * HOUR;

/** The delivery after an attempt. */
export function afterAttempt(delivery: Delivery, outcome: Outcome, now: number): Delivery {
  const attempts = delivery.attempts + 1;
  const { reason: _, ...rest } = delivery;
  if (outcome.kind === 'sent') return { ...rest, state: 'sent', attempts, sentAt: now, availableAt: now };
  const wait = WAITS[attempts - 1];
  if (!outcome.retry || wait === undefined) return { ...rest, state: 'failed', attempts, reason: outcome.reason, availableAt: now };
  return { ...rest, attempts, reason: outcome.reason, availableAt: now + Math.max(wait, Math.min(outcome.retryAfterMs ?? 0, LONGEST_WAIT)) };
}
