import { faultBehind, type Telemetry } from '@barometer/aws';
import { SECOND } from '@barometer/kernel';
import type { ScoreDeliveries, ScoreTexts } from '@barometer/sentiment';
import type { AnalyzeAnswer } from '@barometer/sentiment-lambda';
import { readQueueMessage, type QueueMessage, type RejectedMessage, type SqsDeadLetters } from '@barometer/sentiment-sqs';
import type { Context, SQSBatchResponse } from 'aws-lambda';
import { readEvent } from './events';

export interface HandlerDeps {
  readonly scoreDeliveries: Pick<ScoreDeliveries, 'execute'>;
  readonly scoreTexts: Pick<ScoreTexts, 'execute'>;
  readonly deadLetters: Pick<SqsDeadLetters, 'put'>;
  readonly telemetry: Telemetry<'analysis'>;
  /**
   * Time limit for all malformed messages of a batch together; those that the dead-letter queue has not accepted by
   * then are delivered again.
   */
  readonly putAsideLimitMs?: number;
}

/** Scores a batch of the queue and answers which messages must be delivered again, or scores texts for a direct caller. */
export function createHandler({ scoreDeliveries, scoreTexts, deadLetters, telemetry, putAsideLimitMs = 5 * SECOND }: HandlerDeps) {
  return (input: unknown, context: Context) =>
    telemetry.invocation(context, async (): Promise<SQSBatchResponse | AnalyzeAnswer> => {
      const event = readEvent(input);
      if ('Records' in event) return telemetry.traced('batch', () => scoreBatch(event.Records));
      telemetry.record({ TextsAnalysed: event.texts.length });
      return { results: [...(await telemetry.traced('texts', () => scoreTexts.execute(event.texts)))] };
    });

  async function scoreBatch(messages: readonly QueueMessage[]): Promise<SQSBatchResponse> {
    const read = messages.map(readQueueMessage);
    const malformed = read.flatMap((one) => (one.ok ? [] : [one.error]));
    const putAside = putAllAside(malformed);
    const deliveries = read.flatMap((one) => (one.ok ? one.value : []));
    const { retry, outage, ...report } = await scoreDeliveries.execute(deliveries);
    telemetry.record({ ArticlesScored: report.scored, ArticlesFailed: report.failed, DeliveriesKnown: report.known, DeliveriesRetried: retry.length });
    const kept = await putAside;
    telemetry.info('batch', { ...report, retry: retry.length, rejected: malformed.length - kept.length, kept: kept.length });
    // If nothing of the batch was scored, the function fails as a whole, so that its error alarm sees it.
    if (outage !== undefined && retry.length === deliveries.length && malformed.length === 0) throw outage;
    if (outage !== undefined && !faultBehind(outage)) telemetry.error(`the store kept a part of the batch from being scored: ${messageOf(outage)}`);
    // A message is delivered again as long as one of its articles must be scored again; the others are recognised as scored then.
    return { batchItemFailures: [...new Set([...kept, ...retry.map(({ messageId }) => messageId)])].map((itemIdentifier) => ({ itemIdentifier })) };
  }

  /** Moves messages to the dead-letter queue while the others are scored; answers those that it did not accept, which stay in the queue. */
  async function putAllAside(malformed: readonly RejectedMessage[]): Promise<string[]> {
    const limit = AbortSignal.timeout(putAsideLimitMs);
    const kept = (await Promise.all(malformed.map((one) => putAside(one, limit)))).flat();
    if (malformed.length > 0) telemetry.record({ MessagesRejected: malformed.length - kept.length });
    return kept;
  }

  async function putAside(one: RejectedMessage, limit: AbortSignal): Promise<string[]> {
    const { messageId } = one.message;
    try {
      await deadLetters.put(one, limit);
      telemetry.warn(`a message was put aside: ${one.reason}`, { messageId });
      return [];
    } catch (error) {
      const why = limit.aborted ? `the dead-letter queue did not take it within ${putAsideLimitMs / SECOND} s` : messageOf(error);
      telemetry.warn(`a malformed message stays in the queue: ${one.reason} It could not be put aside: ${why}`, { messageId });
      return [messageId];
    }
  }
}

const messageOf = (error: unknown) => (error instanceof Error ? error.message : String(error));
