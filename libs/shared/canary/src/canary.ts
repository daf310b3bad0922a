import type { Label, ModelRef } from '@barometer/events';
import { MINUTE, SECOND } from '@barometer/kernel';

/** Interval between two canaries. */
export const CANARY_EVERY = 15 * MINUTE;
/** A canary without an answer after this long is late. A cold start of the model and a tick of polling take well under two minutes. */
export const CANARY_LATE = 5 * MINUTE;
/** An unanswered canary is announced again after this long, since its hint may have been lost with a process that ended. */
export const CANARY_AGAIN = 2 * MINUTE;
/** The clocks of two machines that share a store may differ by up to this. */
const CLOCK_SKEW = 30 * SECOND;

/** A sentence with a known tone on its way through the system. Times are milliseconds since 1970, UTC. */
export interface Canary {
  readonly id: string;
  readonly sentAt: number;
  readonly title: string;
  readonly summary: string;
  readonly expected: Label;
}

/** The model's answer to a canary, and when it was stored. */
export interface CanaryAnswer {
  readonly label: Label;
  readonly tone: number;
  readonly model: ModelRef;
  readonly answeredAt: number;
}

/** The latest canary, and the outcome of the one before it. */
export interface CanaryRecord extends Canary {
  readonly answer?: CanaryAnswer;
  readonly before?: CanaryOutcome;
}

/** The outcome of a canary. */
export interface CanaryOutcome {
  readonly state: 'right' | 'wrong' | 'late';
  readonly sentAt: number;
  readonly expected: Label;
  /** Absent if no answer came. */
  readonly label?: Label;
  readonly tone?: number;
  /** From sending to the stored answer, in milliseconds. */
  readonly tookMs?: number;
}

/**
 * The outcome of the latest canary that has ended; `waiting` while the first is on its way; `none` if none was ever
 * sent; `stopped` if none was sent for longer than one takes, because nothing is running that sends them.
 */
export type CanaryStatus = CanaryOutcome | { readonly state: 'waiting' | 'stopped'; readonly sentAt: number } | { readonly state: 'none' };

const PREFIX = 'canary-';

/** Whether an article's id is that of a canary. Ids of articles contain neither a hyphen nor a 0, so the two cannot be confused. */
export const isCanary = (articleId: string): boolean => articleId.startsWith(PREFIX);

/** The id of a canary sent at this time; as long as an article's. */
export const canaryIdOf = (sentAt: number): string => `${PREFIX}${String(sentAt).padStart(19, '0')}`;

/** Sentences whose tone any news model must recognise; they are sent in turn. */
export const canarySentences = [
  { title: 'Doctors celebrate a breakthrough that saves many lives', expected: 'positive' },
  { title: 'Dozens killed as terrible earthquake destroys a whole town', expected: 'negative' },
] as const satisfies readonly { title: string; expected: Label }[];

/** The sentence to send next: the other one, so that a model that always gives the same answer is noticed. */
export const nextSentence = (last: Pick<Canary, 'expected'> | undefined) => (last?.expected === 'positive' ? canarySentences[1] : canarySentences[0]);

/** Whether another canary is due: the latest is old enough, or was sent by a clock that was ahead. */
export const isCanaryDue = (last: Pick<Canary, 'sentAt'> | undefined, now: number): boolean =>
  last === undefined || now - last.sentAt >= CANARY_EVERY || last.sentAt - now > CLOCK_SKEW;

/** Whether an answer is still expected. */
export const isCanaryAwaited = ({ answer, sentAt }: CanaryRecord, now: number): boolean => !answer && now - sentAt <= CANARY_LATE;

/** The status at `now`. */
export function canaryStatus(record: CanaryRecord | undefined, now: number): CanaryStatus {
  if (!record) return { state: 'none' };
  const { sentAt, before } = record;
  if (now - sentAt > CANARY_EVERY + CANARY_LATE) return { state: 'stopped', sentAt };
  return outcomeOf(record, now) ?? before ?? { state: 'waiting', sentAt };
}

/**
 * The outcome of this canary, for the record of the next: `undefined` if an answer was still expected, and also if
 * nothing was running in the meantime, which shows by the next one being late: a computer that slept is no fault.
 */
export function endedCanary(record: CanaryRecord, now: number): CanaryOutcome | undefined {
  return now - record.sentAt > CANARY_EVERY + CANARY_LATE ? undefined : outcomeOf(record, now);
}

function outcomeOf({ sentAt, expected, answer }: CanaryRecord, now: number): CanaryOutcome | undefined {
  if (!answer) return now - sentAt > CANARY_LATE ? { state: 'late', sentAt, expected } : undefined;
  const { label, tone } = answer;
  const tookMs = Math.max(0, answer.answeredAt - sentAt);
  return { state: tookMs > CANARY_LATE ? 'late' : label === expected ? 'right' : 'wrong', sentAt, expected, label, tone, tookMs };
}
